package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.ExternalCall;
import io.warmgate.config.Json;
import io.warmgate.server.exchange.Caller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the user's service is asked: who wants what. Equal questions are equal byte by byte. Never
 * printed.
 *
 * @param json its content
 * @param digest of whom it is of, of who is asked, and of all that is sent
 */
record ExternalQuestion(Buffer json, Digest digest) {

  /**
   * What is sent; docs/access.md says what each is.
   *
   * @param consumer null, and then not written: none
   */
  private record Content(
      String method,
      String host,
      String path,
      String route,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String consumer,
      Map<String, String> claims,
      Map<String, String> headers) {}

  /** What of a request is asked about, beside its fields. */
  record Subject(String method, String host, String path, String route) {}

  static ExternalQuestion of(
      ExternalCall call, Subject what, Caller caller, MultiMap requestFields) {
    Map<String, String> fields = new TreeMap<>();
    for (String name : call.sendHeaders()) {
      List<String> lines = requestFields.getAll(name);
      if (!lines.isEmpty()) {
        // RFC 9110 §5.3; of cookies RFC 9113 §8.2.3.
        fields.put(name, String.join(name.equals("cookie") ? "; " : ", ", lines));
      }
    }
    byte[] json =
        Json.write(
            new Content(
                what.method,
                what.host,
                what.path,
                what.route,
                caller.consumer() == null ? null : caller.consumer().id(),
                caller.claims(),
                fields));
    return new ExternalQuestion(Buffer.buffer(json), digest(call, caller.subject(), json));
  }

  /** Each part has its length before it: no two questions are one text. */
  private static Digest digest(ExternalCall call, @Nullable String subject, byte[] json) {
    StringBuilder text = new StringBuilder();
    for (String part :
        List.of(
            call.url(),
            String.join(",", call.takeHeaders()),
            subject == null ? "nobody" : "of " + subject,
            new String(json, UTF_8))) {
      text.append(part.length()).append(':').append(part);
    }
    return Digest.of(text.toString());
  }

  @Override
  public String toString() {
    return "ExternalQuestion[not shown]";
  }
}
