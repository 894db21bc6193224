package io.warmgate.server.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a bearer token's verification; remembered under its digest. */
sealed interface Outcome {

  /** What the token says of its issuer, unverified; null: nothing, or it is no JWT. */
  @Nullable String iss();

  /**
   * It verified.
   *
   * @param passes one for each issuer that it is one of
   * @param atMillis when
   */
  record Verified(List<Pass> passes, long atMillis, @Nullable String iss) implements Outcome {

    /** Whether each issuer would verify it still. */
    boolean counts(long nowMillis) {
      for (Pass pass : passes) {
        if (!pass.counts(nowMillis)) {
          return false;
        }
      }
      return true;
    }

    /** By the first of the issuers that the rule takes; null: it takes none of them. */
    @Nullable Pass by(Gate gate) {
      for (Pass pass : passes) {
        if (gate.issuers().contains(pass.issuer())) {
          return pass;
        }
      }
      return null;
    }

    /** Whether the rule remembers it for so long. */
    boolean isRemembered(Gate gate, long nowMillis) {
      return nowMillis - atMillis < gate.rule().maxCachedMillis();
    }
  }

  /**
   * One issuer's token.
   *
   * @param issuer its name in the configuration
   * @param shown whom; several where the claims fit several consumers
   * @param endMillis when {@code exp} is over, or the issuer is to be asked anew
   * @param by the keys that it was verified by: with others it is verified anew; null: its issuer
   *     was asked
   * @param keys where they are from; null: so too
   */
  record Pass(
      String issuer,
      List<Identity> shown,
      long endMillis,
      @Nullable KeySet by,
      @Nullable IssuerKeys keys) {

    /** Not where {@code exp} is over, nor where the issuer has other keys since. */
    boolean counts(long nowMillis) {
      KeySet now = keys == null ? null : keys.at(nowMillis);
      return nowMillis < endMillis && (now == null || now == by);
    }
  }

  /**
   * It did not.
   *
   * @param untilMillis so long it is not looked at again
   */
  record Refused(Refusal why, long untilMillis, @Nullable String iss) implements Outcome {

    /** Of this moment alone: it is not remembered. */
    static Refused now(Refusal why) {
      return new Refused(why, 0, null);
    }
  }
}
