export interface PathTemplate {
  match(path: string): Record<string, string> | null;
  parameterCount: number;
}

/** Understands OpenAPI's paths, such as `/Accounts/{AccountSid}/Addresses/{Sid}.json`. */
export function compilePathTemplate(template: string): PathTemplate {
  const names: string[] = [];
  const pattern = template.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(part);
    return "([^/]+?)";
  });
  const expression = new RegExp(`^${pattern.join("")}$`);
  return {
    parameterCount: names.length,
    match(path) {
      const found = expression.exec(path);
      return found && Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
    },
  };
}
