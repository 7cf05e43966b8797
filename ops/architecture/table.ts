import { prose, row } from "../../core/markdown.ts";
import { areasOf, titleOf } from "./drawing.ts";
import type { Component } from "./graph.ts";
import type { Source } from "./sources.ts";

/** Everything about each component, by area: where it is written, what it is, what it holds, what it refers to. */
export function componentTables(components: readonly Component[], sourceOf: (component: Component) => Source): string {
  const titles = new Map(components.map((component) => [component.name, titleOf(component)]));
  const rowOf = (component: Component): string => {
    const { file, promise } = sourceOf(component);
    const total = component.services.reduce((sum, [, count]) => sum + count, 0);
    const holds = component.services.map(([service, count]) => `${service} ${count}`).join(", ");
    const referred = component.dependsOn
      .map((name) => titles.get(name) ?? name)
      .toSorted()
      .join(", ");
    const kept = component.protectedCount === 0 ? "" : String(component.protectedCount);
    return row([`[${titleOf(component)}](../${file})`, prose(promise), `${total}: ${holds}`, kept, referred]);
  };
  const tables = areasOf(components).map(({ title, members }) =>
    [
      `### ${title}`,
      "",
      "| Component | What it is | Resources | Protected | Refers to |",
      "| --- | --- | --- | --- | --- |",
      ...members.map(rowOf),
    ].join("\n"),
  );
  const sum = (count: (component: Component) => number): number =>
    components.reduce((all, component) => all + count(component), 0);
  const resources = sum(({ services }) => services.reduce((all, [, count]) => all + count, 0));
  return [
    `${components.length} components, ${resources} resources, ${sum(({ protectedCount }) => protectedCount)} of them protected.`,
    ...tables,
  ].join("\n\n");
}
