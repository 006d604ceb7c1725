"use client";

import { ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useShell } from "./commands";
import { accountNavigation } from "./navigation";
import { signOutAndLeave } from "./sign-out";
import { type Role, useViewer } from "./viewer";

const roleNames: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  operator: "Operator",
  viewer: "Viewer",
};

export function AccountMenu() {
  const { user, role } = useViewer();
  const { setPanel } = useShell();
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const go = (href: string) => {
    // On a small screen the menu stands in the navigation sheet.
    setPanel(null);
    router.push(href);
  };

  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="hover:bg-muted data-[state=open]:bg-muted flex w-full items-center gap-2.5 rounded p-2 text-left transition-colors">
        <span
          aria-hidden
          className="bg-accent-muted text-accent-text grid size-7 shrink-0 place-items-center rounded-full text-xs font-medium"
        >
          {readInitials(user.name)}
        </span>
        <span className="sr-only">Account: </span>
        <span className="flex min-w-0 flex-1 flex-col leading-tight">
          <span className="truncate font-medium">{user.name}</span>
          <span className="text-muted-foreground truncate text-xs">{roleNames[role]}</span>
        </span>
        <ChevronsUpDown aria-hidden className="text-muted-foreground size-4 shrink-0" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56" side="top">
        <DropdownMenuLabel className="flex flex-col gap-0.5">
          <span className="text-foreground truncate text-sm font-medium">{user.name}</span>
          <span className="truncate">{user.email}</span>
          <span>{roleNames[role]}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuRadioGroup aria-label="Theme" onValueChange={setTheme} value={theme}>
          <DropdownMenuRadioItem value="light">
            <Sun aria-hidden />
            Light theme
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon aria-hidden />
            Dark theme
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">
            <Monitor aria-hidden />
            System theme
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        {accountNavigation.map(({ href, label, icon: Icon }) => (
          <DropdownMenuItem key={href} onSelect={() => go(href)}>
            <Icon aria-hidden />
            {label}
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem onSelect={() => setPanel("shortcuts")}>
          <Keyboard aria-hidden />
          Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={signOutAndLeave}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function readInitials(name: string) {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : "";
  return `${words[0]?.[0] ?? "?"}${last?.[0] ?? ""}`.toUpperCase();
}
