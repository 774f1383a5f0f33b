/* Codes of the elementwise operations, the steps of a MAP: nothing but integer constants. */

/* Of one operand … */
export const COPY = 0;
export const NEG = 1;
export const ABS = 2;
export const SIGN = 3;
export const SQRT = 4;
export const RSQRT = 5;
export const RECIPROCAL = 6;
export const SQUARE = 7;
export const EXP = 8;
export const EXPM1 = 9;
export const LOG = 10;
export const LOG1P = 11;
export const SIGMOID = 12;
export const TANH = 13;
export const SOFTPLUS = 14;
export const ERF = 15;
export const RELU = 16;
export const RELU6 = 17;
export const STEP = 18;
export const LEAKY_RELU = 19;
export const ELU = 20;
export const SELU = 21;
export const FLOOR = 22;
export const CEIL = 23;
export const ROUND = 24;
export const TRUNC = 25;
export const NOT = 26;
export const IS_NAN = 27;
export const IS_INF = 28;
export const IS_FINITE = 29;
export const TO_BOOL = 30;
export const CLIP = 31;
export const SIN = 32;
export const COS = 33;
/* … of two … */
export const ADD = 40;
export const SUB = 41;
export const MUL = 42;
export const DIV = 43;
export const MAXIMUM = 44;
export const MINIMUM = 45;
export const SQUARED_DIFFERENCE = 46;
export const POW = 47;
export const MOD = 48;
export const FLOOR_DIV = 49;
export const EQUAL = 50;
export const NOT_EQUAL = 51;
export const LESS = 52;
export const LESS_EQUAL = 53;
export const GREATER = 54;
export const GREATER_EQUAL = 55;
export const AND = 56;
export const OR = 57;
export const ELU_GRAD = 58;
export const PRELU = 59;
/* … of three. */
export const SELECT = 70;
/* … and those that join two or three of the above, rounding after each. */
/** a b + c */
export const MULTIPLY_ADD = 71;
/** c − a b */
export const SUBTRACT_PRODUCT = 72;
/** a b c */
export const PRODUCT_OF_THREE = 73;
/** b (c − a²): with c = 1 what tanh's slope makes of a gradient */
export const TANH_SLOPE = 74;
/** b (a (c − a)): the same of the sigmoid's */
export const SIGMOID_SLOPE = 75;
