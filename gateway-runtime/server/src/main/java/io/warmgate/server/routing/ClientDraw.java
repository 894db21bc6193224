package io.warmgate.server.routing;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.server.routing.Sides.Half;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's request's sides: drawn when first asked for, once a route. A preview sees the other
 * side of every route that has one.
 */
public final class ClientDraw implements SideDraw {
  private final HttpServerRequest request;
  private final String address;
  private final BooleanSupplier preview;
  private final IntSupplier chance;
  private @Nullable Boolean previews;
  private @Nullable Sides first;
  private Half firstHalf = Half.OWN;
  private @Nullable Map<String, Half> more;

  /**
   * @param address of the client
   * @param preview whether the request is a preview; asked at most once, may throw
   * @param chance from 0 to 9,999, where nothing about the request decides
   */
  public ClientDraw(
      HttpServerRequest request, String address, BooleanSupplier preview, IntSupplier chance) {
    this.request = request;
    this.address = address;
    this.preview = preview;
    this.chance = chance;
  }

  @Override
  public Half of(Sides sides) {
    if (first == null) {
      firstHalf = draw(sides);
      first = sides;
    }
    if (sides.routeId().equals(first.routeId())) {
      return firstHalf;
    }
    if (more == null) {
      more = new HashMap<>(4);
    }
    return more.computeIfAbsent(sides.routeId(), _ -> draw(sides));
  }

  private Half draw(Sides sides) {
    if (previews == null) {
      previews = preview.getAsBoolean();
    }
    if (previews || sides.isNamedBy(request.headers())) {
      return Half.OTHER;
    }
    if (sides.percent() == 0) {
      return Half.OWN;
    }
    long hash = sides.hashOn() == null ? 0 : ClientHash.of(sides.hashOn(), request, address);
    return sides.byShare(hash, chance);
  }
}
