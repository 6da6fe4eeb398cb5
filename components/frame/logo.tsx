/** Three shelves. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 18 18" className="size-[18px] shrink-0 fill-accent">
      <path d="M0 6V5a5 5 0 0 1 5-5h8a5 5 0 0 1 5 5v1zM0 7.2h18v3.6H0zM0 12h18v1a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z" />
    </svg>
  );
}
