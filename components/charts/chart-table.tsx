type Props = {
  /** Of the columns, the rows' own names first. */
  head: readonly [string, ...string[]];
  rows: { name: string; cells: readonly string[] }[];
};

/** A chart's figures for who would rather read them. */
export function ChartTable({ head: [first, ...rest], rows }: Props) {
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-muted hover:text-text">As a table</summary>
      <table className="tabular mt-2 w-full max-w-lg">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="text-left font-medium">
              {first}
            </th>
            {rest.map((label) => (
              <th key={label} scope="col" className="num font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              {cells.map((cell, at) => (
                <td key={rest[at]} className="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
