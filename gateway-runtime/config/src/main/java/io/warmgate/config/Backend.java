package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Who answers, and how it is asked. Rules that ask the same target in the same way share one, and
 * with it the connections, the limits and the health of its endpoints.
 *
 * @param id {@code namespace/service:port} or the URL, with a suffix where one target is asked in
 *     several ways
 * @param tls null: in the clear
 */
public record Backend(
    String id,
    Target target,
    @Nullable BackendTls tls,
    LoadBalancing loadBalancing,
    Ejection ejection,
    BackendLimits limits) {
  public Backend {
    Check.text("id", id);
    Check.present("target", target);
    Check.present("loadBalancing", loadBalancing);
    Check.present("ejection", ejection);
    Check.present("limits", limits);
  }

  /** Where it is asked, as a URL, however its addresses are chosen. */
  public String place() {
    return "%s://%s:%d%s"
        .formatted(
            tls == null ? "http" : "https",
            target.host(),
            target.port(),
            switch (target) {
              case Url url -> url.basePath();
              case Service _ -> "";
            });
  }

  /** Where it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Service.class, name = "Service"),
    @JsonSubTypes.Type(value = Url.class, name = "URL")
  })
  public sealed interface Target {
    /** The name that is resolved where no endpoint set is known. */
    String host();

    /** The port at that name. */
    int port();
  }

  /**
   * A Kubernetes Service. Balanced over its pushed endpoints while those are trusted; else its DNS
   * name is asked.
   *
   * @param key {@code namespace/service:port}, the key of its set in {@code EndpointSets}
   */
  public record Service(String key, String host, int port) implements Target {
    public Service {
      Check.text("key", key);
      Check.text("host", host);
      Check.range("port", port, 1, 65_535);
    }
  }

  /** A host outside, or one that is named by its URL. Its path, if any, is {@code basePath}. */
  public record Url(String host, int port, String basePath) implements Target {
    public Url {
      Check.text("host", host);
      Check.range("port", port, 1, 65_535);
      Check.that(
          basePath.isEmpty() || (basePath.startsWith("/") && !basePath.endsWith("/")),
          "basePath",
          "must be empty, or begin and not end with /");
    }
  }
}
