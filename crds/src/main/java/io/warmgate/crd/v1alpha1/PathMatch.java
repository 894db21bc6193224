package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A path and how it is compared. */
@ValidationRule(
    value = "self.type == 'RegularExpression' || self.value.startsWith('/')",
    message = "a path must begin with /",
    fieldPath = ".value")
@ValidationRule(
    value =
        "self.type == 'RegularExpression' || "
            + "!self.value.matches('(?i)//|/[.][.]?(/|$)|%2f|[#?\\\\\\\\]|[[:cntrl:]]')",
    message = "a path must not contain //, /./, /../, %2F, a backslash, ?, # or control characters",
    fieldPath = ".value")
@ValidationRule(
    value =
        "self.type != 'Template' || "
            + "self.value.matches('^(/([{][A-Za-z_][A-Za-z0-9_]*[}]|[^/{}]*))+$')",
    message = "in a Template, {name} must be a whole segment",
    fieldPath = ".value")
@Wire
public record PathMatch(
    @JsonPropertyDescription(
            "Exact, PathPrefix, Template (/p/{id}) or RegularExpression (RE2 syntax, "
                + "the whole path).")
        @Default("PathPrefix")
        PathMatchType type,
    @JsonPropertyDescription("The path, prefix, template or expression.")
        @Default("/")
        @Size(min = 1, max = 1024)
        String value) {

  public PathMatch {
    type = Absent.or(type, PathMatchType.PATH_PREFIX);
    value = Absent.or(value, "/");
  }

  static final String ANY_JSON = "{\"type\": \"PathPrefix\", \"value\": \"/\"}";

  static final PathMatch ANY = new PathMatch(PathMatchType.PATH_PREFIX, "/");
}
