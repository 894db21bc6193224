package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a path is changed. */
public enum PathModifierType {
  /** The whole path is replaced. */
  @JsonProperty("ReplaceFullPath")
  REPLACE_FULL_PATH,

  /** The prefix that matched is replaced. */
  @JsonProperty("ReplacePrefixMatch")
  REPLACE_PREFIX_MATCH
}
