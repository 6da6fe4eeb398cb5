type Props = { name: string; label: string; isOn: boolean; onChoose: () => void };

/** One of a few ways, its name beside it. */
export function Radio({ name, label, isOn, onChoose }: Props) {
  return (
    <label className="flex items-center gap-1.5">
      <input type="radio" name={name} checked={isOn} onChange={onChoose} />
      {label}
    </label>
  );
}
