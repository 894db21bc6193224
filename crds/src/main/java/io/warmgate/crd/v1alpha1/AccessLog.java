package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The access log. */
@Wire
public record AccessLog(
    @JsonPropertyDescription("Whether requests are logged.") @Default("true") Boolean enabled) {

  public AccessLog {
    enabled = Absent.or(enabled, true);
  }

  static final AccessLog DEFAULT = new AccessLog(true);
}
