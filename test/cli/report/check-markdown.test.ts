import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readinessOf } from "../../../cli/check/readiness.ts";
import { checkMarkdown } from "../../../cli/report/check-markdown.ts";
import { codeBlock, markdownText } from "../../../cli/report/escape.ts";
import type { Observation, Rule, Severity } from "../../../policy-packs/rule.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { subjectOf } from "../../../policy-packs/subject.ts";
import { design } from "../../policy-packs/design.ts";
import { fixture, hubAndSpoke, w365 } from "../w365.ts";
import { evilInput, evilName } from "./evil-input.ts";

const dark = [...hubAndSpoke, "--subnet", "snet-dark"];

async function markdown(...args: readonly string[]): Promise<string> {
  const { out } = await w365(["check", ...args, "--format", "markdown"]);
  return out.replace(/catalogue of [\d-]+/, "catalogue of DATE").replaceAll(/\S*\/(?=test\/cli\/fixtures\/)/g, "");
}

/** A report with so many findings of a severity, none of the same cause. */
function many(count: number, severity: Severity): Rule {
  const subject = subjectOf("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v");
  const observations = Array.from({ length: count }, (_, index): Observation => {
    return {
      outcome: "fail",
      about: `${index}`,
      message: `number ${index} is wrong: ${"it is explained. ".repeat(20)}`,
    };
  });
  return {
    name: `rule-${severity}`,
    pack: "network",
    description: "",
    severity,
    errorTypes: [],
    url: "https://learn.microsoft.com/azure",
    remediation: "Mend it.",
    judge: () => [{ subject, observations }],
  };
}

function report(...rules: readonly Rule[]): string {
  const judged = design();
  return checkMarkdown(
    readinessOf({
      input: { kind: "arm", name: "a", digest: "" },
      design: judged,
      result: runRules(rules, judged),
      assumptions: [],
      fixes: new Map(),
      locations: new Map(),
      undecided: "fail",
    }),
  );
}

describe("a comment of a pull request", () => {
  test("of a faulty network is read from top to bottom: the answer, the health checks, then what is wrong", async () => {
    await expect(await markdown(...dark, "--waivers", fixture("waivers.yaml"))).toMatchFileSnapshot(
      "../golden/check-no-egress.md",
    );
  });

  test("folds and unfolds everything that it opens", async () => {
    const page = await markdown(...dark);
    expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
    expect(page.match(/^<details>/gm)?.length).toBeGreaterThan(3);
  });

  test("is never longer than GitHub takes, keeps what is most severe, and says what it left out", () => {
    const page = report(many(300, "low"), many(40, "critical"));
    expect(page.length).toBeLessThanOrEqual(65_536);
    const critical = page.match(/<b>rule-critical<\/b>/g)?.length ?? 0;
    const low = page.match(/<b>rule-low<\/b>/g)?.length ?? 0;
    expect(critical).toBe(40);
    const leftOut = Number(/\*\*(\d+) findings are left out\*\*/.exec(page)?.[1]);
    expect(leftOut).toBe(300 - low);
    expect(leftOut).toBeGreaterThan(0);
  });

  test("leaves nothing out that fits", () => {
    const page = report(many(20, "low"));
    expect(page.match(/<b>rule-low<\/b>/g)?.length).toBe(20);
    expect(page).not.toContain("left out");
  });
});

describe("a name", () => {
  test.each([
    { case: "a tag", text: "<b>x</b>", shown: "&#60;b&#62;x&#60;/b&#62;" },
    { case: "an entity", text: "&lt;", shown: "&#38;lt;" },
    {
      case: "Markdown",
      text: "**x** `y` [z](w) a|b",
      shown: "&#42;&#42;x&#42;&#42; &#96;y&#96; &#91;z&#93;(w) a&#124;b",
    },
    { case: "a mention", text: "@admin", shown: "@\u200badmin" },
    { case: "an issue", text: "org/repo#1", shown: "org/repo#\u200b1" },
    { case: "a URL", text: "https://evil.example", shown: "https:\u200b//evil.example" },
    { case: "two lines", text: "a\n# b", shown: "a&#92;u000a# b" },
  ])("that looks like $case is shown as it is", ({ text, shown }) => {
    expect(markdownText(text)).toBe(shown);
  });

  test("cannot end the code block that it is in", () => {
    expect(codeBlock(["a", "````", "b\n```"])).toBe("`````text\na\n````\nb\\u000a```\n`````");
  });

  test("does nothing in a whole report", async () => {
    const page = await markdown(...evilInput(mkdtempSync(join(tmpdir(), "w365-markdown-"))));
    // In code blocks nothing is obeyed; everywhere else nothing of it may be left.
    const outside = page.replaceAll(/^(`{3,})text\n[\s\S]*?^\1$/gm, "");
    expect(outside).not.toContain("<img");
    expect(outside).not.toContain("](https://evil");
    expect(outside).not.toMatch(/@admin|https:\/\/evil/);
    expect(outside).toContain(markdownText(evilName));
  });
});
