import { Bot, KeyRound, type LucideIcon, Phone, RefreshCw, SquareUserRound } from "lucide-react";

export type NavigationItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Hidden without it. */
  scope?: string;
  /** What waits there, counted beside the label. */
  counts?: "open_drifts";
};

export type NavigationSection = { heading?: string; items: NavigationItem[] };

/** The sidebar and the command palette in one list. A page is added here once it exists. */
export const navigation: NavigationSection[] = [
  {
    items: [{ href: "/agents", label: "Agents", icon: Bot, scope: "agents:read" }],
  },
  {
    heading: "Settings",
    items: [
      {
        href: "/settings/phone-numbers",
        label: "Phone numbers",
        icon: Phone,
        scope: "phone_numbers:read",
      },
      {
        href: "/settings/carrier-sync",
        label: "Carrier sync",
        icon: RefreshCw,
        scope: "phone_numbers:read",
        counts: "open_drifts",
      },
      { href: "/settings/api-keys", label: "API keys", icon: KeyRound, scope: "members:read" },
    ],
  },
];

/** In the account menu and the command palette. */
export const accountNavigation: NavigationItem[] = [
  { href: "/account/tokens", label: "Personal tokens", icon: SquareUserRound },
];
