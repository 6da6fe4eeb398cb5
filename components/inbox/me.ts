/** Who looks at the inbox, as far as it matters to its screens. */
export interface Me {
  id: string | null;
  mayAnswer: boolean;
}

export interface Person {
  id: string;
  name: string;
}
