package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which requests: all that is given here must fit. */
@Wire
public record RouteMatch(
    @JsonPropertyDescription("The path. Absent: any.") @Default(PathMatch.ANY_JSON) PathMatch path,
    @JsonPropertyDescription("Headers, all of which must fit.") @Size(max = 16) @ListMapKey("name")
        List<HeaderMatch> headers,
    @JsonPropertyDescription("Query parameters, all of which must fit.")
        @Size(max = 16)
        @ListMapKey("name")
        List<QueryParamMatch> queryParams,
    @JsonPropertyDescription("The method. Absent: any.") @Nullable HttpMethod method) {

  public RouteMatch {
    path = Absent.or(path, PathMatch.ANY);
    headers = Absent.orEmpty(headers);
    queryParams = Absent.orEmpty(queryParams);
  }

  static final String EVERYTHING_JSON = "[{\"path\": " + PathMatch.ANY_JSON + "}]";

  /** What a rule without matches stands for: every request. */
  public static final List<RouteMatch> EVERYTHING =
      List.of(new RouteMatch(PathMatch.ANY, List.of(), List.of(), null));
}
