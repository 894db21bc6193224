package io.warmgate.server.credential;

import io.warmgate.config.admin.CredentialState.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a credential: each {@link Evidence} gives the next. What a question came to says
 * more than a check, which asks for something else; what is known stays known while nobody answers.
 *
 * @param verdict null: nobody was asked
 * @param source of the verdict
 * @param detail the provider's words, or why nothing is known; null where it is accepted
 * @param forbidden questions after each other that were not allowed
 */
record Standing(@Nullable Verdict verdict, Source source, @Nullable String detail, int forbidden) {
  /** One question that is not allowed says nothing of the next; so many in a row do. */
  static final int FORBIDDEN_IN_A_ROW = 3;

  static final Standing UNASKED = new Standing(null, Source.CHECK, null, 0);

  /** Where a verdict comes from. */
  enum Source {
    CHECK,
    QUESTION,
    /** A question was answered though the check was refused: the check proves nothing here. */
    AGAINST_CHECK
  }

  Standing learn(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Answered() -> answered();
      case Evidence.Denied(String words) -> denied(words, 0);
      case Evidence.Forbidden(String words) ->
          forbidden + 1 < FORBIDDEN_IN_A_ROW
              ? new Standing(verdict, source, detail, forbidden + 1)
              : denied(words, FORBIDDEN_IN_A_ROW);
      case Evidence.Passed() ->
          isRefused() && source == Source.QUESTION
              ? this
              : new Standing(Verdict.ACCEPTED, Source.CHECK, null, forbidden);
      case Evidence.Failed(String words) ->
          isAccepted() && source == Source.AGAINST_CHECK
              ? this
              : new Standing(Verdict.REFUSED, Source.CHECK, words, forbidden);
      case Evidence.Untold(String why) ->
          isAccepted() || (isRefused() && source != Source.CHECK)
              ? this
              : new Standing(Verdict.UNTOLD, Source.CHECK, why, forbidden);
      case Evidence.Silent(String why, _) ->
          isAccepted() || isRefused()
              ? this
              : new Standing(Verdict.UNREACHABLE, Source.CHECK, why, forbidden);
    };
  }

  private Standing answered() {
    if (isAccepted()) {
      return forbidden == 0 ? this : new Standing(verdict, source, null, 0);
    }
    boolean against = isRefused() && source == Source.CHECK;
    return new Standing(
        Verdict.ACCEPTED, against ? Source.AGAINST_CHECK : Source.QUESTION, null, 0);
  }

  private Standing denied(String words, int count) {
    return isRefused() ? this : new Standing(Verdict.REFUSED, Source.QUESTION, words, count);
  }

  private boolean isAccepted() {
    return verdict == Verdict.ACCEPTED;
  }

  private boolean isRefused() {
    return verdict == Verdict.REFUSED;
  }

  /** Whether a question that is answered says nothing new. */
  boolean isSettled() {
    return isAccepted() && forbidden == 0;
  }
}
