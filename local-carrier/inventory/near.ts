import type { Place } from "./number-block";

export interface Near {
  latitude: number;
  longitude: number;
  miles: number;
}

const EARTH_RADIUS_MILES = 3959;

/** Places whose coordinates nobody published are near nothing. */
export function isWithinMiles(place: Place, near: Near): boolean {
  if (place.latitude === null || place.longitude === null) return false;
  const latitude = toRadians(place.latitude);
  const otherLatitude = toRadians(near.latitude);
  const haversine =
    Math.sin((otherLatitude - latitude) / 2) ** 2 +
    Math.cos(latitude) *
      Math.cos(otherLatitude) *
      Math.sin(toRadians(near.longitude - place.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(haversine)) <= near.miles;
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
