package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What a pod takes from clients before it refuses. */
@Wire
public record GatewayLimits(
    @JsonPropertyDescription(
            "The most bytes of a request's headers, its request line included; more "
                + "is answered 431.")
        @Default("16384")
        @Min(1024)
        @Max(1048576)
        Integer maxHeaderBytes,
    @JsonPropertyDescription("The most bytes of a request's body; more is answered 413.")
        @Default("10485760")
        @Min(0)
        Long maxBodyBytes,
    @JsonPropertyDescription("The longest that a client may take to send a request's headers.")
        @Default("10s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration headerTimeout,
    @JsonPropertyDescription("How long a connection is kept without a request.")
        @Default("60s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration idleTimeout,
    @JsonPropertyDescription("The most client connections that a pod holds at a time.")
        @Default("10000")
        @Min(1)
        @Max(1000000)
        Integer maxConnections) {

  public GatewayLimits {
    maxHeaderBytes = Absent.or(maxHeaderBytes, 16384);
    maxBodyBytes = Absent.or(maxBodyBytes, 10_485_760L);
    headerTimeout = Absent.or(headerTimeout, ApiDuration.of("10s"));
    idleTimeout = Absent.or(idleTimeout, ApiDuration.of("60s"));
    maxConnections = Absent.or(maxConnections, 10_000);
  }

  static final GatewayLimits DEFAULT =
      new GatewayLimits(16384, 10_485_760L, ApiDuration.of("10s"), ApiDuration.of("60s"), 10_000);
}
