package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Teller;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.cache.NeverStored;
import io.warmgate.ai.cache.Received;
import io.warmgate.ai.cache.Storability;
import io.warmgate.ai.cache.Verdict;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.stream.Folded;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Worth;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a model's answers is kept, in the cache's words. */
final class Keepable {
  private static final int OK = 200;

  private Keepable() {}

  /** Why no answer to it is kept; null: one may be. */
  static @Nullable Reason never(ChatRequest request) {
    return never(Storability.ofRequest(request));
  }

  /** Of a whole answer, which is kept as it came. */
  static Worth ofWhole(Outcome outcome, OutputFormat format, Set<String> readOnlyTools) {
    Reason never =
        never(Storability.ofAnswer(new Received.Whole(OK, outcome), format, readOnlyTools));
    return never == null ? Worth.Plain.AS_IT_CAME : new Worth.Nothing(never);
  }

  /**
   * Of a stream, which is kept as the whole answer that it came to.
   *
   * @param took what it took
   * @param own of the provider's dialect
   */
  static Worth ofStream(
      Folded folded,
      OutputFormat format,
      UsageField.Took took,
      Set<String> readOnlyTools,
      Teller own) {
    Reason never =
        never(Storability.ofAnswer(new Received.Streamed(OK, folded), format, readOnlyTools));
    if (never != null) {
      return new Worth.Nothing(never);
    }
    try {
      return new Worth.Instead(
          Map.of("content-type", "application/json", UsageField.NAME, UsageField.write(took)),
          Buffer.buffer(own.writeAnswer(folded.answer())));
    } catch (TranslationException _) {
      return new Worth.Nothing(Reason.NOT_UNDERSTOOD);
    }
  }

  private static @Nullable Reason never(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Storable _ -> null;
      case Verdict.Never(NeverStored why, _) -> reason(why);
    };
  }

  static Reason reason(NeverStored why) {
    return why == NeverStored.ERROR ? Reason.MODEL_ERROR : Reason.valueOf(why.name());
  }
}
