package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a consistent hash is made of: exactly one of these. */
@ValidationRule(
    value =
        "[has(self.header), has(self.cookie), has(self.clientIP)].filter(given, "
            + "given).size() == 1",
    message = "exactly one of header, cookie and clientIP")
@ValidationRule(
    value = "!has(self.clientIP) || self.clientIP",
    message = "clientIP can only be true",
    fieldPath = ".clientIP")
@Wire
public record HashOn(
    @JsonPropertyDescription("The value of this header.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        @Nullable String header,
    @JsonPropertyDescription("The value of this cookie.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        @Nullable String cookie,
    @JsonPropertyDescription("The client's address, after trusted proxies.")
        @Nullable Boolean clientIP) {}
