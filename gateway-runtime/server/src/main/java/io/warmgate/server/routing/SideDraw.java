package io.warmgate.server.routing;

import io.warmgate.server.routing.Sides.Half;

/** Which side of a route one request is on: asked often, answered the same each time. */
@FunctionalInterface
public interface SideDraw {
  Half of(Sides sides);
}
