package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which entries go: by tags, by paths, by prefix, by keys, by host, or all. */
@ValidationRule(
    value =
        "[has(self.tags), has(self.paths), has(self.prefix), has(self.keys), "
            + "has(self.all)].filter(given, given).size() <= 1 && (has(self.tags) || "
            + "has(self.paths) || has(self.prefix) || has(self.keys) || has(self.all) || "
            + "has(self.hosts))",
    message = "exactly one of tags, paths, prefix, keys and all, or hosts alone")
@ValidationRule(
    value = "!has(self.all) || !has(self.hosts)",
    message = "all cannot be narrowed by hosts",
    fieldPath = ".hosts")
@ValidationRule(
    value = "!has(self.keys) || !has(self.hosts)",
    message = "keys cannot be narrowed by hosts: each is of one host",
    fieldPath = ".hosts")
@ValidationRule(
    value = "!has(self.all) || self.all",
    message = "all can only be true",
    fieldPath = ".all")
@Wire
public record Selection(
    @JsonPropertyDescription(
            "Answers that have one of these tags: a CachePolicy says where they come from.")
        @Size(min = 1, max = 100)
        List<@Size(min = 1, max = 1024) @Pattern(Syntax.TAG) String> tags,
    @JsonPropertyDescription("These paths, each with every query.") @Size(min = 1, max = 100)
        List<@Size(min = 1, max = 2048) @Pattern(Syntax.PURGE_PATH) String> paths,
    @JsonPropertyDescription("Every path that begins with these segments.")
        @Size(min = 1, max = 2048)
        @Pattern(Syntax.PURGE_PATH)
        @Nullable String prefix,
    @JsonPropertyDescription(
            "These keys, as Cache-Status shows them to a request with Warmgate-Debug: cache-key.")
        @Size(min = 1, max = 100)
        List<@Pattern(Syntax.CACHE_KEY) String> keys,
    @JsonPropertyDescription("Only these hosts; alone, everything of them.")
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 253) @Pattern(Syntax.PRECISE_HOSTNAME) String> hosts,
    @JsonPropertyDescription("Everything.") @Nullable Boolean all) {

  public Selection {
    tags = Absent.orEmpty(tags);
    paths = Absent.orEmpty(paths);
    keys = Absent.orEmpty(keys);
    hosts = Absent.orEmpty(hosts);
  }
}
