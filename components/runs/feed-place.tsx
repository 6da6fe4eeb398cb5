type Props = { file: string; line: number | null };

/** `attributes.csv:48,211`: where something stands in a feed. A long file name is cut, never the line. */
export function FeedPlace({ file, line }: Props) {
  const text = line ? `${file}:${line}` : file;
  return (
    <span className="mono flex max-w-full" title={text}>
      <span className="truncate">{file}</span>
      {line && <span className="shrink-0">:{line}</span>}
    </span>
  );
}
