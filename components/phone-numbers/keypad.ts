const keys = ["abc2", "def3", "ghi4", "jkl5", "mno6", "pqrs7", "tuv8", "wxyz9"];

/** The digits a word stands for on a telephone keypad: "CALL" is 2255. Digits stay, anything else goes. */
export function toKeypadDigits(text: string): string {
  return [...text.toLowerCase()]
    .map((character) => {
      if (/\d/.test(character)) return character;
      return /[a-z]/.test(character) ? (keys.find((key) => key.includes(character))?.at(-1) ?? "") : "";
    })
    .join("");
}
