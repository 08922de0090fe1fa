declare module '*.svg' {
  const text: string;
  export default text;
}

declare module '*.def' {
  const text: string;
  export default text;
}
