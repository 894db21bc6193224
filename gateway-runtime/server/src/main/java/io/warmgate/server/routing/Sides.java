package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.Shift;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The two releases of a route, and how a request's is drawn.
 *
 * @param routeId {@code namespace/name}
 * @param from release of the route's own rules
 * @param to release of the other side's
 * @param percent of requests that are the other side's
 * @param hashOn what a request's place among the hundred percent is made of; null: chance
 * @param headers where it is not empty, a request in which all hold is the other side's
 */
public record Sides(
    String routeId,
    String from,
    String to,
    int percent,
    @Nullable HashOn hashOn,
    List<ValueTest> headers) {
  /** Into so many parts requests are divided: hundredths of a percent. */
  static final int PARTS = 10_000;

  /** One of the two. */
  public enum Half {
    /** The route's own rules. */
    OWN,
    /** The rules of its {@link Shift}. */
    OTHER
  }

  /** A rule's side. */
  public record Side(Sides of, Half half) {
    /** The release that the rule is a part of. */
    public String release() {
      return of.release(half);
    }
  }

  static Sides compile(String path, String routeId, Shift shift) {
    return new Sides(
        routeId,
        shift.from(),
        shift.to(),
        shift.percent(),
        shift.hashOn(),
        Candidate.tests(path + ".headers", shift.headers()));
  }

  String release(Half half) {
    return switch (half) {
      case OWN -> from;
      case OTHER -> to;
    };
  }

  /** Whether the headers alone make the request the other side's. */
  boolean isNamedBy(MultiMap requestHeaders) {
    return !headers.isEmpty() && Candidate.allHold(headers, requestHeaders);
  }

  /**
   * The side by share. The same part for the same client in every pod and at every percent, so that
   * a growing percent moves clients one way only; another one on each route, so that it is not the
   * same clients everywhere who try what is new.
   *
   * @param clientHash of what {@code hashOn} names; of no meaning where there is no such thing
   * @param chance from 0 to below {@link #PARTS}
   */
  Half byShare(long clientHash, IntSupplier chance) {
    int part =
        hashOn == null
            ? chance.getAsInt()
            : (int) Long.remainderUnsigned(Hash.mix(clientHash ^ Hash.of(routeId)), PARTS);
    return part < percent * (PARTS / 100) ? Half.OTHER : Half.OWN;
  }
}
