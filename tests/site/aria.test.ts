import { expect, open, test } from '../support/site.ts';
import { placed } from '../support/placed.ts';
import { widgetOf } from '../support/widgets.ts';

/** What a screen reader meets in a widget before anything has run, in order; what is left out may stand between. */
const met: Record<string, string> = {
  'vanishing-depth': `
    - group "Depth makes the gradient vanish":
      - group "Try":
        - button "Problem" [pressed]
        - 'button "Cure: tanh"'
      - group "Training":
        - button "Run"
        - button "Step"
        - button "Reset"
        - combobox "Speed"
      - slider "Step shown": /\\d+/
      - group "Chart":
        - button "Loss while training" [pressed]
        - button "Signal gradient by layer"
      - figure /^Loss while training/:
        - img "Loss while training"
        - 'slider "Read values: Loss while training"': /\\d+/
        - group: The numbers as a table
      - slider "Hidden layers L": "10"
      - combobox "Beside it"
      - list "Compared networks":
        - listitem: /Sigmoid, depth 10/
        - listitem: /Differs in/
      - paragraph: /training loss .* test accuracy/
      - button "Train 20 seeds"
      - figure /^Signal gradient by layer/
      - button "Copy link"
  `,
  'backprop-chain': `
    - group "Backpropagation through a chain of single units":
      - group "Try":
        - button "All weights 1" [pressed]
        - button "Critical"
        - button "Exploding"
      - slider "Units U": "4"
      - slider "Weight of every unit w": /\\d+/
      - slider "Input h₀": /\\d+/
      - checkbox "Set each unit by itself"
      - list:
        - listitem:
          - img /^Unit 1. w is 1, .* On the way back times 0\\.197; ∂L.∂b₁ is 0\\.00143\\.$/
        - listitem:
          - img /^Unit 2. /
        - listitem:
          - img /^Unit 3. /
        - listitem:
          - img /^Unit 4. /
        - listitem:
          - img /^The loss is /
      - math: /^∂ L ∂ b 1 = .* = 0\\.00143$/
      - group "Chart":
        - button "Gradient at each unit" [pressed]
      - figure /^Gradient at each unit/:
        - img "Gradient at each unit"
        - 'slider "Read values: Gradient at each unit"'
        - group: The numbers as a table
      - paragraph: /^From unit 4 back to unit 1 /
      - button "Copy link"
  `,
  'exploding-overflow': `
    - group "An explosion, watched until it overflows":
      - group "Try":
        - group:
          - group "Linear regression, around the critical rate":
            - button "1.05 × critical" [pressed]
        - group: Deep ReLU network, by loss
      - group "Training":
        - button "Run"
        - button "Step"
        - button "Reset"
        - combobox "Speed"
      - slider "Step shown": /\\d+/
      - figure /^Loss until it overflows/:
        - img "Loss until it overflows"
        - group: The numbers as a table
      - combobox "Model"
      - slider /^Learning rate ÷ critical rate/
      - combobox "Beside it"
      - list "Compared networks":
        - listitem
        - listitem: /Differs in/
      - paragraph: What broke.
      - paragraph: /at step \\d+ the first Infinity appeared in the loss/
      - 'button /^Last finite frame: step \\d+$/'
      - paragraph: /predicts the overflow near step/
      - figure /^Size of the whole gradient/
      - button "Copy link"
  `,
  'float-floor': `
    - group "Where a float loses the first layer":
      - group "Try":
        - group:
          - group "How deep the gradient is seen":
            - button "Sigmoid" [pressed]
        - group: Scaling the loss
      - group "Chart":
        - button /^Typical entry of the first layer’s gradient/ [pressed]
      - figure /^Typical entry of the first layer’s gradient/:
        - img "Typical entry of the first layer’s gradient"
        - group: The numbers as a table
      - spinbutton /^Hidden layers, at most/: /\\d+/
      - combobox /^Activation/
      - slider /^Loss scale/
      - checkbox "Flush subnormals to zero"
      - paragraph: /float16.* exactly 0.*float32.* exactly 0.*float64/
      - figure /^What becomes of the entries/:
        - img "What becomes of the entries"
        - group: The numbers as a table
      - button "Copy link"
  `,
  'home-network': `
    - group "Break a network, and mend it":
      - group "Try":
        - button "Too small" [pressed]
        - button "Just right"
        - button "Too large"
      - slider /^Size of the weights it starts with/
      - figure /^One handwritten digit in a network that learns/:
        - img "One handwritten digit in a network that learns"
        - paragraph: /^Shown is a handwritten 3; it guesses .* The error signal is lost on its way back/
        - group: The numbers as a table
      - group "Training":
        - button "Run"
        - button "Step"
        - button "Reset"
        - combobox "Speed"
      - paragraph: /times that at layer 10. vanishing\\..* of the images right that it has never seen/
      - group: /Challenges/
      - button "Copy link"
  `,
};

for (const [id, snapshot] of Object.entries(met))
  test(`a screen reader meets ${id} as one box with its name, controls, figures and story`, async ({
    page,
  }) => {
    await open(page, placed.find((one) => one.id === id)!.path);
    await expect(widgetOf(page, id)).toMatchAriaSnapshot(snapshot);
  });
