/// <reference lib="dom" />
import type { JSX } from "preact";
import { Button } from "../ui/controls.tsx";
import { Formula } from "../ui/formula.tsx";
import type { RulesWords } from "./words.ts";

/** Why a third layer needs more than these rules, and the way to the page where it has it. */
export function HiddenQuestion({ t, isXor, onGo }: {
  readonly t: RulesWords;
  readonly isXor: boolean;
  readonly onGo: () => void;
}): JSX.Element {
  return (
    <section class="question">
      <h2>{t.question}</h2>
      <Network label={t.network} />
      <div>
        {t.answer.map((paragraph, i) => <p key={i}>{paragraph}</p>)}
        <Formula name="hidden_delta" block />
        <Button main onClick={onGo}>{isXor ? t.goOnXor : t.goOn} →</Button>
      </div>
    </section>
  );
}

const INPUTS = [[30, 55], [30, 145]];
const HIDDEN = [[150, 55], [150, 145]];
const OUTPUT = [270, 100];

function Network({ label }: { label: string }): JSX.Element {
  const edges = [
    ...INPUTS.flatMap((from) => HIDDEN.map((to) => [from, to])),
    ...HIDDEN.map((from) => [from, OUTPUT]),
  ];
  return (
    <svg class="network" viewBox="0 0 340 200" role="img" aria-label={label}>
      {edges.map(([[x1, y1], [x2, y2]], i) => (
        <line key={i} x1={x1} y1={y1} x2={x2} y2={y2} class={i < 4 ? "unreached" : ""} />
      ))}
      {INPUTS.map(([x, y], i) => <Unit key={y} x={x} y={y} name="x" index={i + 1} />)}
      {HIDDEN.map(([x, y], i) => <Unit key={y} x={x} y={y} name="h" index={i + 1} target="t = ?" />)}
      <Unit x={OUTPUT[0]} y={OUTPUT[1]} name="y" target="t" known />
    </svg>
  );
}

function Unit({ x, y, name, index, target, known = false }: {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly index?: number;
  readonly target?: string;
  readonly known?: boolean;
}): JSX.Element {
  return (
    <>
      <circle cx={x} cy={y} r={22} class={target === undefined || known ? "" : "untaught"} />
      <text x={x} y={y + 6}>
        {name}
        {index !== undefined && <tspan dy={4} font-size="12">{index}</tspan>}
      </text>
      {target !== undefined && (
        <text x={known ? x + 46 : x} y={known ? y + 6 : y - 29} class={known ? "target" : "target missing"}>
          {target}
        </text>
      )}
    </>
  );
}
