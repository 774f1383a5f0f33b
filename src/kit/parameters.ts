/** Parameters as plain data: controls, URL, embed attributes, tables and checks derive from them. */

interface Common {
  label: string;
  /** The letter used in formulas, if it has one. */
  symbol?: string;
  /** One sentence under the control. */
  help?: string;
  /** Shown in the folded part of the controls. */
  advanced?: boolean;
  /** It has a say only while every one of these holds; elsewhere it is not shown. */
  when?: Condition | readonly Condition[];
}

/** Another parameter has one of these values. */
export interface Condition {
  parameter: string;
  is: readonly (string | number | boolean)[];
}

export interface IntParameter extends Common {
  kind: 'int';
  min: number;
  max: number;
  default: number;
}

export interface NumberParameter extends Common {
  kind: 'number';
  min: number;
  max: number;
  default: number;
  /** `log` spaces the slider by ratio; then min must be positive. Default linear. */
  scale?: 'linear' | 'log';
  /** Slider steps from min to max; default 100. */
  divisions?: number;
  /** A sentence beside the control where settings are allowed and do what a reader may not expect. */
  caution?: (settings: Record<string, string | number | boolean>) => string | undefined;
}

export interface ChoiceParameter<V extends string = string> extends Common {
  kind: 'choice';
  options: readonly { readonly value: V; readonly label: string }[];
  default: V;
}

export interface FlagParameter extends Common {
  kind: 'flag';
  default: boolean;
}

export type Parameter = IntParameter | NumberParameter | ChoiceParameter | FlagParameter;
export type ParameterTable = Record<string, Parameter>;

/** The values that one parameter takes. */
type ValueOf<T> =
  T extends ChoiceParameter<infer V> ? V : T extends FlagParameter ? boolean : number;

/** What the parameters of a table may be set to. */
export type SettingsOf<P extends ParameterTable> = { [K in keyof P]: ValueOf<P[K]> };

/** A whole number from min to max. */
export const int = (p: Omit<IntParameter, 'kind'>): IntParameter => ({ kind: 'int', ...p });

/** A real number from min to max. */
export const number = (p: Omit<NumberParameter, 'kind'>): NumberParameter => ({
  kind: 'number',
  ...p,
});

/** One of a short list of named options. */
export const choice = <const V extends string>(
  p: Omit<ChoiceParameter<V>, 'kind'>,
): ChoiceParameter<V> => ({ kind: 'choice', ...p });

/** On or off. */
export const flag = (p: Omit<FlagParameter, 'kind'>): FlagParameter => ({ kind: 'flag', ...p });

/** Whether a parameter has a say while the others have these settings. */
export const applies = (
  { when = [] }: Parameter,
  settings: Record<string, string | number | boolean>,
): boolean =>
  [when].flat().every(({ parameter, is }) => is.includes(settings[parameter] as string));
