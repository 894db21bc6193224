package io.warmgate.aisimulator.exchange;

import io.warmgate.aisimulator.model.Admission;
import io.warmgate.aisimulator.model.Failure;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.model.ServedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a well-formed request to its model, which may answer, fail or be over its limit. */
public final class Desk {
  private final Dialect dialect;

  public Desk(Dialect dialect) {
    this.dialect = dialect;
  }

  /** How an answer is sent. */
  public enum Mode {
    WHOLE,
    STREAMED
  }

  /** Makes the model's answer. */
  @FunctionalInterface
  public interface Maker {
    /** The answer, with these header fields. */
    Answer make(Answer.By by, Map<String, String> headers) throws Refused;
  }

  /** What the model does with a request; the maker makes the answer where there is one. */
  public Answer serve(ServedModel model, Mode mode, Maker maker) throws Refused {
    return switch (model.admit()) {
      case Admission.Goes goes ->
          maker.make(new Answer.By(model, goes.behavior()), limits(goes.standing()));
      case Admission.TooMany tooMany -> throw tooMany(model, tooMany.standing());
      case Admission.Fails fails -> failed(fails, mode);
    };
  }

  private Map<String, String> limits(@Nullable RateStanding standing) {
    return standing == null ? Map.of() : dialect.limits(standing);
  }

  private Refused tooMany(ServedModel model, RateStanding standing) {
    Refused refused =
        Refused.of(429, "Rate limit reached for " + model.name() + ".")
            .coded("rate_limit_exceeded")
            .with("retry-after", Long.toString(standing.resetSeconds()));
    for (Map.Entry<String, String> field : dialect.limits(standing).entrySet()) {
      refused = refused.with(field.getKey(), field.getValue());
    }
    return refused;
  }

  private Answer failed(Admission.Fails fails, Mode mode) throws Refused {
    Failure failure = fails.failure();
    Refused refused = refused(failure, "The model");
    if (failure.status() != 200) {
      throw refused;
    }
    var headers = new HashMap<>(refused.headers());
    headers.putAll(limits(fails.standing()));
    ServerEvent event = dialect.errorEvent(refused);
    return mode == Mode.STREAMED
        ? new Answer.Streamed(headers, List.of(event), event, null, dialect.framing())
        : new Answer.Whole(200, headers, dialect.error(refused), null);
  }

  /**
   * A failure that was ordered.
   *
   * @param who was told to fail
   */
  public static Refused refused(Failure failure, String who) {
    String text =
        failure.message() == null
            ? who + " was told to fail with " + failure.status() + "."
            : failure.message();
    Refused refused =
        Refused.of(failure.status() == 200 ? 500 : failure.status(), text)
            .ofType(failure.type())
            .coded(failure.code());
    return failure.retryAfterSeconds() == null
        ? refused
        : refused.with("retry-after", failure.retryAfterSeconds().toString());
  }
}
