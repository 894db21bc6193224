package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gateway API's core filters and CORS (HTTPRouteFilter; GEP-1767), with their meanings there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Filter.RequestHeaderModifier.class, name = "RequestHeaderModifier"),
  @JsonSubTypes.Type(value = Filter.ResponseHeaderModifier.class, name = "ResponseHeaderModifier"),
  @JsonSubTypes.Type(value = Filter.RequestRedirect.class, name = "RequestRedirect"),
  @JsonSubTypes.Type(value = Filter.UrlRewrite.class, name = "URLRewrite"),
  @JsonSubTypes.Type(value = Filter.Cors.class, name = "CORS")
})
public sealed interface Filter {

  /** A header and its value. */
  record Header(String name, String value) {
    public Header {
      Check.text("name", name);
      Check.present("value", value);
    }
  }

  /** Changes the header fields that the backend gets. */
  record RequestHeaderModifier(List<Header> set, List<Header> add, List<String> remove)
      implements Filter {
    public RequestHeaderModifier {
      set = Check.list("set", set);
      add = Check.list("add", add);
      remove = Check.list("remove", remove);
    }
  }

  /** Changes the header fields that the client gets; runs after the cache, on hits too. */
  record ResponseHeaderModifier(List<Header> set, List<Header> add, List<String> remove)
      implements Filter {
    public ResponseHeaderModifier {
      set = Check.list("set", set);
      add = Check.list("add", add);
      remove = Check.list("remove", remove);
    }
  }

  /** Answers with a redirect; absent parts are the request's own. */
  record RequestRedirect(
      @Nullable String scheme,
      @Nullable String hostname,
      @Nullable PathModifier path,
      @Nullable Integer port,
      int statusCode)
      implements Filter {
    public RequestRedirect {
      Check.that(
          List.of(301, 302, 303, 307, 308).contains(statusCode), "statusCode", "is no redirect");
    }
  }

  /** Changes the host or path that the backend gets. */
  record UrlRewrite(@Nullable String hostname, @Nullable PathModifier path) implements Filter {}

  /**
   * How a path is changed.
   *
   * @param type {@code FULL}: the whole path; {@code PREFIX}: what the rule's prefix matched
   */
  record PathModifier(Type type, String value) {

    /** What is replaced. */
    public enum Type {
      FULL,
      PREFIX
    }

    public PathModifier {
      Check.present("type", type);
      Check.present("value", value);
    }
  }

  /**
   * Cross-origin resource sharing (Fetch standard, "CORS protocol"). Preflights are answered here.
   *
   * @param allowOrigins scheme and host, the host may begin with {@code *.}; or {@code *}
   * @param maxAgeSeconds how long a browser may remember a preflight
   */
  record Cors(
      List<String> allowOrigins,
      List<String> allowMethods,
      List<String> allowHeaders,
      List<String> exposeHeaders,
      boolean allowCredentials,
      int maxAgeSeconds)
      implements Filter {
    public Cors {
      allowOrigins = Check.list("allowOrigins", allowOrigins);
      allowMethods = Check.list("allowMethods", allowMethods);
      allowHeaders = Check.list("allowHeaders", allowHeaders);
      exposeHeaders = Check.list("exposeHeaders", exposeHeaders);
      Check.range("maxAgeSeconds", maxAgeSeconds, 0, Integer.MAX_VALUE);
    }
  }
}
