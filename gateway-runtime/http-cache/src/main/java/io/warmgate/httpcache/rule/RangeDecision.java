package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;

/** What is done with a request for a range, where the whole is not stored. */
public sealed interface RangeDecision {

  /** Why. */
  Reason reason();

  /**
   * Answer from the incomplete entry.
   *
   * @param serve its form is not {@code WHOLE}
   */
  record Answer(Decision.Serve serve) implements RangeDecision {
    @Override
    public Reason reason() {
      return serve.reason();
    }
  }

  /**
   * Ask the origin for a range; its 206 may be stored ({@link PartialStorage#judge}). Of the
   * client's fields that are {@link Preconditions#EVALUATED_HERE} only what is in {@code fields} is
   * sent.
   */
  sealed interface Ask extends RangeDecision {
    /** {@code Range}, and the condition on it. */
    FieldList fields();
  }

  /** What the client asks for. */
  record AskAll(Reason reason, FieldList fields) implements Ask {}

  /**
   * What the client asks for is stored, and the origin is asked whether it is still right.
   *
   * @param wanted what the client asks for
   */
  record AskWhether(Reason reason, Part wanted, FieldList fields) implements Ask {}

  /**
   * Some of what the client asks for is stored, and the origin is asked for the rest, where it is
   * of the representation that is stored.
   *
   * @param wanted what the client asks for
   * @param missing what of it is asked for
   */
  record AskRest(Reason reason, Part wanted, Part missing, FieldList fields) implements Ask {}

  /**
   * The incomplete entry is of no use to the request.
   *
   * @param decision to pass or to refuse it
   */
  record Otherwise(Decision decision) implements RangeDecision {
    @Override
    public Reason reason() {
      return decision.reason();
    }
  }
}
