package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that a pod can make again on its own: without credentials or anything else that only
 * one client has.
 *
 * @param method GET or HEAD; POST where there is a question
 * @param listener name of the listener that it came to
 * @param scheme {@code http} or {@code https}, where a trusted proxy said another than the
 *     listener's own; null: the listener's
 * @param host as in {@code Host}: with a port where it had one
 * @param target path and query, in the form that is keyed
 * @param headers that an answer may be chosen by, in their order
 * @param question what a model is asked; null, and then not written: none is. Pods of before know
 *     no other
 */
public record WarmRequest(
    String method,
    String listener,
    @Nullable String scheme,
    String host,
    String target,
    List<ExplainRequest.Field> headers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Question question) {

  /** The longest question, in characters: the largest picture of a ConfigMap is one in base64. */
  public static final int MAX_QUESTION = 2 << 20;

  /**
   * What a model is asked.
   *
   * @param content JSON, as a client sends it
   * @param consumer {@code namespace/name} of the ApiConsumer in whose place it is asked, so that
   *     the answer is found where each has answers of its own; null: nobody's
   */
  public record Question(
      String content, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String consumer) {
    public Question {
      if (content == null || content.isBlank() || content.length() > MAX_QUESTION) {
        throw new ConfigException("content", "is missing, or longer than " + MAX_QUESTION);
      }
      if (consumer != null) {
        present("consumer", consumer.replaceFirst("/", ""));
      }
    }

    /** Without the content: what people ask is theirs. */
    @Override
    public String toString() {
      return "Question[" + content.length() + " characters, of " + consumer + "]";
    }
  }

  public WarmRequest {
    String wanted = question == null ? "GET or HEAD" : "POST";
    if (method == null || !List.of(wanted.split(" or ", -1)).contains(method)) {
      throw new ConfigException("method", "is " + method + ", not " + wanted);
    }
    present("listener", listener);
    if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
      throw new ConfigException("scheme", "is " + scheme + ", not http or https");
    }
    present("host", host);
    if (target == null || !target.startsWith("/") || target.chars().anyMatch(c -> c <= ' ')) {
      throw new ConfigException("target", "is no path: " + target);
    }
    headers = headers == null ? List.of() : List.copyOf(headers);
  }

  /** That asks no model. */
  public WarmRequest(
      String method,
      String listener,
      @Nullable String scheme,
      String host,
      String target,
      List<ExplainRequest.Field> headers) {
    this(method, listener, scheme, host, target, headers, null);
  }

  /** By the listener's own scheme. */
  public WarmRequest(
      String method,
      String listener,
      String host,
      String target,
      List<ExplainRequest.Field> headers) {
    this(method, listener, null, host, target, headers);
  }

  private static void present(String path, String value) {
    if (value == null || value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c == '/')) {
      throw new ConfigException(path, "is missing, or has what no " + path + " has");
    }
  }
}
