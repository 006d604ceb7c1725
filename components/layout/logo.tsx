/** The mark: a patch cord between two jacks. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden className={className} fill="none" viewBox="0 0 24 24">
      <rect fill="var(--accent)" height="24" rx="6" width="24" />
      <path
        d="M8 7v6.5a3.5 3.5 0 0 0 3.5 3.5H16"
        stroke="var(--accent-foreground)"
        strokeLinecap="round"
        strokeWidth="2"
      />
      <circle cx="8" cy="7" fill="var(--accent-foreground)" r="2.25" />
      <circle cx="16.5" cy="17" fill="var(--accent-foreground)" r="2.25" />
    </svg>
  );
}
