package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of the user's that decides on a request, once it is known who asks.
 *
 * @param url http or https; asked by POST
 * @param sendHeaders lower-case fields of the request that it is told; others it is not
 * @param timeoutMillis how long a request waits for its answer
 * @param maxCachedMillis how long an answer is remembered at most; 0: not
 * @param takeHeaders lower-case fields of its answer that the backend gets; as a client sent them
 *     they never get there
 * @param certificateAuthority PEM bundle; null, and then not written, trusts the system's
 */
public record ExternalCall(
    String url,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sendHeaders,
    long timeoutMillis,
    long maxCachedMillis,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> takeHeaders,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ValueRef certificateAuthority) {

  public ExternalCall {
    Check.url("url", url);
    sendHeaders = names("sendHeaders", sendHeaders);
    Check.range("timeoutMillis", timeoutMillis, 100, 10_000);
    Check.range("maxCachedMillis", maxCachedMillis, 0, 86_400_000);
    takeHeaders = names("takeHeaders", takeHeaders);
    Check.authority(url, certificateAuthority);
  }

  private static List<String> names(String path, List<String> names) {
    List<String> all = names == null ? List.of() : Check.list(path, names);
    for (String name : all) {
      Check.that(
          name.matches("[!#$%&'*+.^_`|~0-9a-z-]+"),
          path,
          "has '%s', which is no field's name in lower case".formatted(name));
    }
    Check.unique(path, "name", all, name -> name);
    return all;
  }
}
