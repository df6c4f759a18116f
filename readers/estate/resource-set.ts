import type { Place, Unknown } from "../../model/read.ts";
import { indexById, normalizeId, parentId, type ResourceId, resourceName } from "../../model/resource-id.ts";
import type { ArmResource } from "../arm/arm-resource.ts";
import { member } from "../arm/arm-value.ts";
import { splitSegments } from "../arm/id-text.ts";
import { Fields, type Notebook } from "./fields.ts";
import { placeOf, unknownOf } from "./read-value.ts";

/** A resource to be read, or a parent that only its children mention. */
export interface Source {
  readonly id: ResourceId;
  readonly name: string;
  readonly place: Place;
  readonly fields: Fields;
  /** Set where it is deployed only under a condition that is not known. */
  readonly condition?: Unknown;
  /** False for a parent that only its children mention. */
  readonly inInput: boolean;
}

/** The resources of the input by type, with their children wherever those were written. Remembers which were asked for. */
export class ResourceSet {
  readonly notebook: Notebook;
  readonly #byType = new Map<string, Source[]>();
  readonly #types = new Map<string, string>();
  readonly #handedOut = new Set<Source>();
  readonly #children = new Map<string, Map<string, Source[]>>();

  constructor(resources: readonly ArmResource[], notebook: Notebook) {
    this.notebook = notebook;
    for (const resource of lastOfEach(resources, notebook)) {
      const type = resource.type.toLowerCase();
      this.#types.set(type, resource.type);
      const sources = this.#byType.get(type) ?? [];
      sources.push(sourceOf(resource, notebook));
      this.#byType.set(type, sources);
    }
  }

  /** The resources of a type, after them the parents that only children of these types mention. */
  of(type: string, childTypes: readonly string[] = []): readonly Source[] {
    const sources = this.#handOut(this.#ofType(type));
    const index = indexById(sources);
    const stubs = new Map<string, Source>();
    for (const childType of childTypes) {
      for (const child of this.#ofType(`${type}/${childType}`)) {
        const id = parentId(child.id);
        if (index.find(id) === undefined) stubs.set(normalizeId(id), this.#stub(id, child));
      }
    }
    return [...sources, ...stubs.values()];
  }

  /**
   * The children of a resource: those in one of its lists, and those written on their own, which win. Give no list for
   * children that ARM never writes inline.
   */
  children(parent: Source, type: string, list: string | undefined): readonly Source[] {
    const standalone = new Map(this.#childrenOf(parent, type).map((child) => [child.name.toLowerCase(), child]));
    const inline = list === undefined ? [] : this.#inline(parent, type.slice(type.lastIndexOf("/") + 1), list);
    const merged = inline.map((child) => {
      const alone = standalone.get(child.name.toLowerCase());
      standalone.delete(child.name.toLowerCase());
      return alone ?? this.#withoutContent(child);
    });
    return [...merged, ...standalone.values()];
  }

  /** A part of a resource that ARM gives an id, such as an ip configuration. */
  parts(parent: Source, list: string): readonly Source[] {
    return this.#inline(parent, list, list);
  }

  /** The resources that nobody asked for: of a type that is not read, or children of a parent that is not there. */
  notRead(): readonly { readonly type: string; readonly name: string; readonly place: Place }[] {
    return [...this.#byType].flatMap(([type, sources]) =>
      sources
        .filter((source) => !this.#handedOut.has(source))
        .map(({ name, place }) => ({ type: this.#types.get(type) ?? type, name, place })),
    );
  }

  #ofType(type: string): readonly Source[] {
    return this.#byType.get(type.toLowerCase()) ?? [];
  }

  #handOut(sources: readonly Source[]): readonly Source[] {
    for (const source of sources) this.#handedOut.add(source);
    return sources;
  }

  /** Children by the id of their parent, resolved once for each type. */
  #childrenOf(parent: Source, type: string): readonly Source[] {
    let byParent = this.#children.get(type);
    if (byParent === undefined) {
      byParent = new Map();
      const parents = indexById(this.#ofType(type.slice(0, type.lastIndexOf("/"))));
      for (const child of this.#ofType(type)) {
        const id = parentId(child.id);
        const key = normalizeId(parents.find(id)?.id ?? id);
        byParent.set(key, [...(byParent.get(key) ?? []), child]);
      }
      this.#children.set(type, byParent);
    }
    return this.#handOut(byParent.get(normalizeId(parent.id)) ?? []);
  }

  #inline(parent: Source, segment: string, list: string): readonly Source[] {
    return parent.fields.items(list).map((item, index) => {
      const fields = new Fields(item, parent.id, this.notebook);
      const given = item.kind === "unknown" ? "" : fields.label("id");
      const ownName = item.kind === "unknown" ? item.symbol : fields.label("name");
      const name = ownName || (given === "" ? `${list}[${index}]` : resourceName(given));
      const id = given === "" ? `${parent.id}/${segment}/${name}` : given;
      return { id, name, place: fields.place, fields, inInput: true };
    });
  }

  /** An entry that only names a child which is not in the input says nothing about it. */
  #withoutContent(child: Source): Source {
    return child.fields.isReference
      ? { ...child, fields: this.#nothingKnown(child.id, child.name, child.place) }
      : child;
  }

  #stub(id: ResourceId, child: Source): Source {
    const name = resourceName(id);
    return { id, name, place: child.place, fields: this.#nothingKnown(id, name, child.place), inInput: false };
  }

  #nothingKnown(id: ResourceId, name: string, place: Place): Fields {
    const reason = `"${name}" is mentioned, but what it is like is not in the input`;
    const at = { file: place.file ?? "", line: place.line ?? 0, path: place.path ?? "" };
    return new Fields({ kind: "unknown", symbol: `{${name}}`, reason, place: at }, id, this.notebook);
  }
}

function sourceOf(resource: ArmResource, notebook: Notebook): Source {
  const { id, body, condition } = resource;
  const source: Source = {
    id,
    name: splitSegments(resource.name).at(-1) ?? resource.name,
    place: placeOf(resource.place),
    fields: new Fields(body, id, notebook),
    inInput: true,
  };
  if (member(body, "properties")?.kind === "null")
    notebook.assumptions.push(
      `the properties of ${resource.type} "${resource.name}" are null in the input: nothing in them is known`,
    );
  if (condition === undefined) return source;
  notebook.assumptions.push(
    `whether ${resource.type} "${resource.name}" is deployed is not known: ${condition.reason}`,
  );
  return { ...source, condition: unknownOf(condition) };
}

/** Of resources with the same id the last one counts, as the last deployment does. */
function lastOfEach(resources: readonly ArmResource[], notebook: Notebook): readonly ArmResource[] {
  const byId = new Map<string, ArmResource>();
  for (const resource of resources) {
    const key = normalizeId(resource.id);
    const earlier = byId.get(key);
    if (earlier !== undefined) {
      notebook.assumptions.push(
        `${resource.type} "${resource.name}" is given at ${at(earlier)} and at ${at(resource)}; the latter was read`,
      );
      byId.delete(key);
    }
    byId.set(key, resource);
  }
  return [...byId.values()];
}

function at({ place }: ArmResource): string {
  return place.line > 0 ? `${place.file}:${place.line}` : place.file;
}
