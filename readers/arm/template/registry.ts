import type { ArmResource } from "../arm-resource.ts";
import { type ArmObject, type ArmUnknown, type ArmValue, member, type Place } from "../arm-value.ts";
import type { ReferencedResource } from "../expression/scope.ts";
import { typeAndName } from "../id-text.ts";

/** One resource that a template declares, evaluated when asked. */
export interface DeclaredResource extends ReferencedResource {
  /** Which template declares it: symbolic names hold only there. */
  readonly owner: object;
  /** The symbolic name, or the name of its copy loop, with the index of the iteration: `spokes[2]`. */
  readonly symbolicName: string | undefined;
  /** Whether it is deployed; unknown where its condition, or that of a deployment around it, is. */
  readonly condition: () => boolean | ArmUnknown;
  /** `existing` resources are only referred to. */
  readonly existing: boolean;
  readonly place: Place;
}

/** All resources of the templates of one reading, so that they can refer to one another. */
export class Registry {
  readonly declared: DeclaredResource[] = [];
  #byId = new Map<string, DeclaredResource>();
  #indexed = 0;

  add(resource: DeclaredResource): void {
    this.declared.push(resource);
  }

  /** By symbolic name in the same template, by id anywhere, by name in the same template. */
  find(idOrName: string, owner: object): ReferencedResource | undefined {
    const wanted = idOrName.toLowerCase();
    if (wanted.startsWith("/")) return this.#ids().get(wanted);
    const own = this.declared.filter((resource) => resource.owner === owner);
    return (
      own.find((resource) => resource.symbolicName?.toLowerCase() === wanted) ??
      own.find((resource) => textOf(resource.name()).toLowerCase() === wanted)
    );
  }

  /** The resources that are deployed, with all their values. */
  resources(): ArmResource[] {
    return this.declared.flatMap((declared) => {
      const condition = declared.existing ? false : declared.condition();
      if (condition === false || /^Microsoft\.Resources\/deployments$/i.test(declared.type)) return [];
      const id = textOf(declared.id());
      const body = declared.body();
      const { type, name } = typeAndName(id) ?? { type: declared.type, name: textOf(declared.name()) };
      const resource: ArmResource = { type, name, id, body: objectOf(body), place: declared.place };
      return [condition === true ? resource : { ...resource, condition }];
    });
  }

  #ids(): ReadonlyMap<string, DeclaredResource> {
    while (this.#indexed < this.declared.length) {
      const resource = this.declared[this.#indexed++];
      if (resource !== undefined) this.#byId.set(textOf(resource.id()).toLowerCase(), resource);
    }
    return this.#byId;
  }
}

/** A text, or what it is made of where it is not known. */
export function textOf(value: ArmValue): string {
  if (value.kind === "unknown") return value.symbol;
  return "value" in value ? String(value.value) : `{${value.kind}}`;
}

/** A member that should be a text, as it stands or as the symbol of what it is made of. */
export function textMember(object: ArmObject, name: string): string | undefined {
  const value = member(object, name);
  return value?.kind === "string" || value?.kind === "unknown" ? textOf(value) : undefined;
}

function objectOf(body: ArmValue): ArmObject {
  return body.kind === "object" ? body : { kind: "object", members: new Map(), place: body.place };
}
