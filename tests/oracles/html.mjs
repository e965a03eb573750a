export function html() {
  return [];
}
