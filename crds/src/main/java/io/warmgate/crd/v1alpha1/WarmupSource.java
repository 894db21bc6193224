package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where requests to be warmed come from. */
@ValidationRule(
    value =
        "[has(self.topKeys), has(self.paths), has(self.configMap), has(self.sitemap),"
            + " has(self.related)].filter(given, given).size() == 1",
    message = "exactly one of topKeys, paths, configMap, sitemap and related")
@ValidationRule(
    value = "!(has(self.topKeys) || has(self.related)) || (!has(self.host) && !has(self.headers))",
    message = "host and headers go with paths, configMap or sitemap")
@ValidationRule(
    value =
        "!has(self.headers) || self.headers.all(h, !(h.name.lowerAscii() in "
            + UnwarmedHeaders.CEL
            + "))",
    message =
        "a request that is made for everybody has no credentials, conditions, ranges or fields"
            + " of a connection",
    fieldPath = ".headers")
@Wire
public record WarmupSource(
    @JsonPropertyDescription("What clients ask most for: so many requests of each route.")
        @Min(1)
        @Max(100_000)
        @Nullable Integer topKeys,
    @JsonPropertyDescription("These paths, each with its query.") @Size(min = 1, max = 1000)
        List<@Size(min = 1, max = 2048) @Pattern(Syntax.WARM_TARGET) String> paths,
    @JsonPropertyDescription(
            "A list of requests in a ConfigMap, one a line: a path with its query or a whole URL,"
                + " then fields such as | Accept-Language: de.")
        @Nullable ConfigMapKeyRef configMap,
    @JsonPropertyDescription(
            "The path of a sitemap (sitemaps.org), or of an index of sitemaps, at the origin: its"
                + " pages of the same host that the route takes, at most 10000, out of at most 50"
                + " documents.")
        @Size(min = 1, max = 2048)
        @Pattern(Syntax.WARM_TARGET)
        @Nullable String sitemap,
    @JsonPropertyDescription(
            "What the answers that are warmed name in Link fields (RFC 8288): of the same host, and"
                + " taken by the route; at most 1000 of a route.")
        @Nullable RelatedLinks related,
    @JsonPropertyDescription(
            "The Host of requests that do not name one, with a port where clients have one in it."
                + " Absent: each hostname of the route.")
        @Size(min = 1, max = 259)
        @Pattern(Syntax.HOST_AND_PORT)
        @Nullable String host,
    @JsonPropertyDescription("Header fields that the requests have, where answers differ by them.")
        @Size(max = 16)
        List<HttpHeader> headers) {

  public WarmupSource {
    paths = Absent.orEmpty(paths);
    headers = Absent.orEmpty(headers);
  }
}
