package io.warmgate.aisimulator.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.model.ModelBehavior;
import io.warmgate.aisimulator.model.ServedModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer to a request. */
public sealed interface Answer {
  /** Header fields beside those that HTTP needs. */
  Map<String, String> headers();

  /** Whose answer it is; null where no model is asked, which is sent at once. */
  @Nullable By by();

  /**
   * The model that answers.
   *
   * @param behavior as it was when the request came
   */
  record By(ServedModel model, ModelBehavior behavior) {}

  /** One JSON value. */
  record Whole(int status, Map<String, String> headers, JsonNode body, @Nullable By by)
      implements Answer {}

  /**
   * A stream of events.
   *
   * @param error what the dialect sends where the stream fails
   * @param framing how its events are sent
   */
  record Streamed(
      Map<String, String> headers,
      List<ServerEvent> events,
      ServerEvent error,
      @Nullable By by,
      Framing framing)
      implements Answer {

    /** One of server-sent events. */
    public Streamed(
        Map<String, String> headers, List<ServerEvent> events, ServerEvent error, @Nullable By by) {
      this(headers, events, error, by, Framing.SERVER_SENT);
    }
  }
}
