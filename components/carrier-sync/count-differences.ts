/** "1 difference", "12 differences" */
export function countDifferences(count: number): string {
  return count === 1 ? "1 difference" : `${count.toLocaleString("en-US")} differences`;
}
