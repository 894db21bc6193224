package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where a picture that comes as it is goes in what the model server is asked. */
@Wire
public record PictureInput(
    @JsonPropertyDescription(
            "Name of the tensor (KServeV2: required) or of the feature (TFServing; absent: the"
                + " picture alone is the instance) that takes it.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.VISIBLE)
        @Nullable String input) {}
