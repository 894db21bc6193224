package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One of several keys of a provider's API, in a Secret of the same namespace. */
@Wire
public record WeightedKeyRef(
    @JsonPropertyDescription("The Secret's name.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name,
    @JsonPropertyDescription("The key of its data.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.SECRET_KEY)
        String key,
    @JsonPropertyDescription("Its share of the calls, beside those of the others.")
        @Default("1")
        @Min(1)
        @Max(1000000)
        Integer weight) {

  public WeightedKeyRef {
    weight = Absent.or(weight, 1);
  }

  /** Where it is. */
  public SecretKeyRef ref() {
    return new SecretKeyRef(name, key);
  }
}
