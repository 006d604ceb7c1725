import { cva } from "class-variance-authority";

/** Apart from the button, so that links of server components can look like one. */
export const buttonVariants = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded border text-sm font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-foreground hover:bg-accent-hover border-transparent",
        secondary: "border-border bg-raised text-foreground hover:bg-muted data-[state=open]:bg-muted",
        ghost:
          "text-muted-foreground hover:bg-muted hover:text-foreground data-[state=open]:bg-muted data-[state=open]:text-foreground border-transparent",
        danger: "bg-danger-fill text-danger-foreground hover:bg-danger-fill-hover border-transparent",
      },
      size: {
        sm: "h-7 px-2.5",
        md: "h-8 px-3",
        lg: "h-10 px-4",
        icon: "size-8",
        "icon-sm": "size-7",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);
