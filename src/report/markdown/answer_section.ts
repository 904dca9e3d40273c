import { formatLoss, formatPercent, MISSING } from "../../text/numbers.ts";
import { escapeMarkdown, markdownTable } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";
import { answerData, introduction } from "../sections/answer_data.ts";
import { right } from "./blocks.ts";

/** What came out, in short. */
export function answerSection(model: ReportModel): string[] {
  const { t, ranking } = model;
  const answer = answerData(model);
  if (answer === null) return [`**${t.answer.none}**`, introduction(model)];
  const { best, title, broken, accuracy, published } = answer;
  const over = [t.answer.after, best.ok > 1 ? t.answer.seeds(best.ok) : "", broken].filter((part) =>
    part !== ""
  );
  const parts = [];
  if (accuracy !== null) {
    const percent = `**${formatPercent(accuracy.value)}**`;
    parts.push(
      `${percent}${t.space}${t.answer.testAccuracy}${t.colon}${accuracy.basis.join(t.answer.semicolon)}`,
    );
  }
  parts.push(`**${escapeMarkdown(title)}**${t.comma}${over.join(t.comma)}${t.colon.trimEnd()}`);
  const { means } = best;
  parts.push(markdownTable(
    [{ title: "" }, ...[t.answer.training, t.answer.validation, t.answer.test].map(right)],
    [
      [t.accuracy, MISSING, formatPercent(means.val_accuracy), formatPercent(means.test_accuracy)],
      [t.loss, ...[means.train_loss, means.val_loss, means.test_loss].map(formatLoss)],
    ],
  ));
  if (published.length > 0) {
    const rows = published.map(({ network, error, own }) => {
      const cells = [own ? `${network} (${t.answer.here})` : network, formatPercent(error)].map(
        escapeMarkdown,
      );
      return own ? cells.map((cell) => `**${cell}**`) : cells;
    });
    parts.push(`${t.answer.published}${t.colon.trimEnd()}`);
    parts.push(
      markdownTable([{ title: t.answer.network }, right(t.answer.testError)], rows),
      t.answer.source,
    );
  }
  if (ranking.length > 0) parts.push(introduction(model));
  return parts;
}
