package io.warmgate.server.handover;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.Handover;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.server.routing.ClientHash;
import io.warmgate.server.routing.Hash;
import io.warmgate.server.routing.HeaderTests;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Which of what comes to this pod is the other side's to answer. Immutable. */
sealed interface SideChoice {
  /** Into so many parts requests are divided: hundredths of a percent. */
  int PARTS = 10_000;

  /** Name of the side that is handed something. */
  String side();

  /**
   * Whether this request is handed over.
   *
   * @param address of the client
   * @param chance from 0 to below {@link #PARTS}, where nothing about the request decides
   */
  boolean takes(HttpServerRequest request, String address, IntSupplier chance);

  /**
   * @param own name of this pod's side; null: it has none
   * @return null where this pod answers everything that comes to it
   * @throws io.warmgate.config.ConfigException where an expression of {@code headers} is none
   */
  static @Nullable SideChoice of(@Nullable String own, @Nullable Handover handover) {
    if (handover == null || own == null) {
      return null;
    }
    if (own.equals(handover.other())) {
      return handover.percent() == 0 ? new All(handover.first()) : null;
    }
    if (!own.equals(handover.first()) || handover.percent() == 0) {
      return null;
    }
    return handover.percent() == 100
        ? new All(handover.other())
        : new Share(
            handover.other(),
            handover.percent() * (PARTS / 100),
            handover.hashOn(),
            HeaderTests.compile("handover.headers", handover.headers()));
  }

  /** Every request. */
  record All(String side) implements SideChoice {
    @Override
    public boolean takes(HttpServerRequest request, String address, IntSupplier chance) {
      return true;
    }
  }

  /**
   * Those that their headers name, and a share of the rest. With {@code hashOn} the same client has
   * the same part in every pod and at every percent, so that a growing percent moves clients one
   * way only; and another part in the next rollout, so that it is not always the same who go first.
   *
   * @param parts of {@link #PARTS}
   * @param hashOn null: chance
   */
  record Share(String side, int parts, @Nullable HashOn hashOn, HeaderTests headers)
      implements SideChoice {
    @Override
    public boolean takes(HttpServerRequest request, String address, IntSupplier chance) {
      return headers.name(request.headers()) || part(request, address, chance) < parts;
    }

    private int part(HttpServerRequest request, String address, IntSupplier chance) {
      if (hashOn == null) {
        return chance.getAsInt();
      }
      long hash = ClientHash.of(hashOn, request, address) ^ Hash.of(side);
      return (int) Long.remainderUnsigned(Hash.mix(hash), PARTS);
    }
  }
}
