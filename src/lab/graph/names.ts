// What tensors and their entries are called, in the same signs as in the course: W₁, ∂L/∂W₁, δ₂, Z₁[0,2].

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** W₁ for W1; a product by its operands: XW₁. */
export function tensorName(tensor: string): string {
  if (tensor.startsWith("d")) return derivativeName(tensor.slice(1));
  if (tensor === "Yhat") return "Ŷ";
  const [, letter, digit] = tensor.match(/^([A-Z])(\d?)$/) ?? [tensor, tensor, ""];
  const layer = Number(digit);
  if (letter === "P") return `${layer === 1 ? "X" : `Z${SUBSCRIPTS[layer - 1]}`}W${SUBSCRIPTS[layer]}`;
  return letter + (digit === "" ? "" : SUBSCRIPTS[layer]);
}

/** The delta of a layer has a name of its own; the product's derivative is the same. */
function derivativeName(tensor: string): string {
  return /^[AP]/.test(tensor) ? `δ${SUBSCRIPTS[Number(tensor[1])]}` : fraction(tensor);
}

function fraction(tensor: string): string {
  const name = tensorName(tensor);
  return `∂L/∂${tensor.startsWith("P") ? `(${name})` : name}`;
}

/** The whole name of a tensor over its numbers: δ₂ = ∂L/∂A₂. */
export function tensorTitle(tensor: string): string {
  if (!tensor.startsWith("d")) return tensorName(tensor);
  const of = tensor.slice(1);
  if (of === "L") return "∂L/∂L";
  return of.startsWith("A")
    ? `${derivativeName(of)} = ${fraction(of)}`
    : of.startsWith("P")
    ? `${fraction(of)} = ${derivativeName(of)}`
    : fraction(of);
}

/** A shape as NumPy prints it: a bias is flat, the loss a number. */
export function shapeName(tensor: string, { rows, columns }: { rows: number; columns: number }): string {
  const of = tensor.replace(/^d/, "");
  return of === "L" ? "()" : of.startsWith("B") ? `(${columns},)` : `(${rows}, ${columns})`;
}

/** Z₁[0,2]; a bias has one index, the loss none. */
export function entryName(tensor: string, row: number, column: number): string {
  const of = tensor.replace(/^d/, "");
  const place = of === "L" ? "" : of.startsWith("B") ? `[${column}]` : `[${row},${column}]`;
  return tensorName(tensor) + place;
}

/** An entry as addresses have it. */
export interface EntryPlace {
  readonly tensor: string;
  readonly row: number;
  readonly column: number;
}

export function formatPlace({ tensor, row, column }: EntryPlace): string {
  return `${tensor}.${row}.${column}`;
}

export function parsePlace(text: string): EntryPlace | undefined {
  const [, tensor, row, column] = text.match(/^(d?(?:X|[WBPAZ][1-3]|Yhat|Y|L))\.([0-3])\.([0-3])$/) ?? [];
  return tensor === undefined ? undefined : { tensor, row: Number(row), column: Number(column) };
}
