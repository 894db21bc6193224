package io.warmgate.server.revision;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.PodState;
import org.jspecify.annotations.Nullable;

/**
 * What the pod serves, and the newest revision that it could not take. Immutable; each outcome is a
 * new ledger.
 *
 * @param gateway uid of the gateway whose pod this is
 */
public record RevisionLedger(
    String gateway, PodState.@Nullable Served served, PodState.@Nullable Refused refused) {

  /** What is to be done with an offered revision. */
  public sealed interface Verdict {
    /** Newer than what is served: open it, check it, and serve it. */
    record Take() implements Verdict {}

    /** It is what is served. */
    record Serving() implements Verdict {}

    /** Not newer than what is served, or another gateway's: no try is worth it. */
    record Reject(String reason, String path, String problem) implements Verdict {}
  }

  /** Nothing is served yet. */
  public static RevisionLedger empty(String gateway) {
    return new RevisionLedger(gateway, null, null);
  }

  /** Judges by number and hash alone. A revision that was refused may be offered again. */
  public Verdict judge(Revision offered) {
    if (!offered.gateway().equals(gateway)) {
      return new Verdict.Reject(
          "WrongGateway",
          "gateway",
          "is " + offered.gateway() + ", and this pod belongs to " + gateway);
    }
    if (served == null || offered.number() > served.number()) {
      return new Verdict.Take();
    }
    if (offered.number() < served.number()) {
      return new Verdict.Reject(
          "OldRevision",
          "number",
          "is " + offered.number() + ", and " + served.number() + " is served");
    }
    return offered.hash().equals(served.hash())
        ? new Verdict.Serving()
        : new Verdict.Reject(
            "NumberTaken",
            "number",
            "is " + offered.number() + ", which is served with another content");
  }

  /** The revision is served now; an older or equal refusal is forgotten. */
  public RevisionLedger taken(Revision revision) {
    boolean newer = refused != null && refused.number() > revision.number();
    return new RevisionLedger(
        gateway, new PodState.Served(revision.number(), revision.hash()), newer ? refused : null);
  }

  /** The revision could not be taken; what was served goes on. */
  public RevisionLedger refused(Revision revision, ConfigException why) {
    if (refused != null && refused.number() > revision.number()) {
      return this;
    }
    return new RevisionLedger(
        gateway,
        served,
        new PodState.Refused(revision.number(), revision.hash(), why.path(), why.problem()));
  }
}
