/** A format that is read: what it is called, and one example by which a reader knows it. */
export interface Format {
  id: string;
  name: string;
  example: string;
}

/** Every format that the check-up reads, by its look. */
export const formats = [
  {
    id: 'huggingface-trainer',
    name: 'Hugging Face Trainer, terminal',
    example: "{'loss': 2.1845, 'grad_norm': 1.53, 'learning_rate': 5e-05, 'epoch': 0.1}",
  },
  {
    id: 'trainer-state',
    name: 'Hugging Face Trainer, trainer_state.json',
    example: '{ "log_history": [ { "step": 10, "loss": 2.18, "grad_norm": 1.5 } ] }',
  },
  {
    id: 'deepspeed',
    name: 'DeepSpeed',
    example:
      '[deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, reducing to 32768',
  },
  {
    id: 'megatron',
    name: 'Megatron',
    example:
      ' iteration      100/  250000 | lm loss: 6.9E+00 | loss scale: 65536.0 | grad norm: 1.2 |',
  },
  {
    id: 'mmengine',
    name: 'mmengine or mmcv',
    example: 'mmengine - INFO - Epoch(train) [1][ 10/735]  lr: 2e-02  loss: 2.85  grad_norm: 2.75',
  },
  {
    id: 'metric-logger',
    name: 'MetricLogger (torchvision, DeiT, MAE)',
    example: 'Epoch: [1]  [ 32/1299]  lr: 0.0014  loss: 6.81 (6.86)  grad_norm: 0.48 (0.40)',
  },
  {
    id: 'fairseq',
    name: 'fairseq',
    example:
      '| INFO | train_inner | {"loss": "9.1", "num_updates": "100", "gnorm": "2.3", "clip": "100"}',
  },
  {
    id: 'keras-progress',
    name: 'Keras, terminal',
    example: '100/100 - 1s 5ms/step - accuracy: 0.3100 - loss: 1.9012',
  },
  {
    id: 'key-value',
    name: 'lines of names and values',
    example: 'step=100 loss=2.1684 grad_norm=0.641',
  },
  {
    id: 'json-lines',
    name: 'JSON lines',
    example: '{"step": 100, "loss": 2.1684, "grad_norm": 0.641}',
  },
  {
    id: 'json',
    name: 'JSON',
    example: '[{"step": 100, "loss": 2.1684}, {"step": 200, "loss": 1.98}]',
  },
  {
    id: 'gradient-lab-log',
    name: 'log of the Gradient Lab',
    example: '{"format": "gradient-lab-log", "version": 1, "layers": ["net.0", "net.2"]}',
  },
  {
    id: 'lightning-csv',
    name: 'Lightning, metrics.csv',
    example: 'epoch,step,train_loss,grad_2.0_norm/layers.0.weight,grad_2.0_norm_total',
  },
  {
    id: 'wandb-csv',
    name: 'Weights & Biases, exported CSV',
    example: '"Step","run-1 - train/loss","run-1 - train/loss__MIN","run-1 - train/loss__MAX"',
  },
  {
    id: 'tensorboard-csv',
    name: 'TensorBoard, one scalar as CSV',
    example: 'Wall time,Step,Value',
  },
  {
    id: 'keras-csv',
    name: 'Keras CSVLogger',
    example: 'epoch,accuracy,loss,val_accuracy,val_loss',
  },
  { id: 'csv', name: 'table of text (CSV)', example: 'step;loss;grad_norm' },
  {
    id: 'tensorboard-events',
    name: 'TensorBoard event file',
    example: 'events.out.tfevents.1700000000.host.1.0 (binary)',
  },
] as const satisfies readonly Format[];

export type FormatId = (typeof formats)[number]['id'];

/** The name of a format for readers. */
export const formatName = (id: FormatId): string =>
  formats.find((format) => format.id === id)!.name;
