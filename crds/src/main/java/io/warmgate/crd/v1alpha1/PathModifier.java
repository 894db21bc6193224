package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A change of the path (Gateway API's HTTPPathModifier). */
@ValidationRule(
    value = "has(self.replaceFullPath) == (self.type == 'ReplaceFullPath')",
    message = "replaceFullPath is required for type ReplaceFullPath and not allowed for another",
    fieldPath = ".replaceFullPath")
@ValidationRule(
    value = "has(self.replacePrefixMatch) == (self.type == 'ReplacePrefixMatch')",
    message =
        "replacePrefixMatch is required for type ReplacePrefixMatch and not "
            + "allowed for another",
    fieldPath = ".replacePrefixMatch")
@Wire
public record PathModifier(
    @JsonPropertyDescription(
            "ReplaceFullPath or ReplacePrefixMatch; the member of that name is given with it.")
        @Required
        PathModifierType type,
    @JsonPropertyDescription("What the whole path becomes.") @Size(max = 1024)
        @Nullable String replaceFullPath,
    @JsonPropertyDescription(
            "What the matched prefix becomes; /foo matched and /bar given makes "
                + "/bar/x of /foo/x.")
        @Size(max = 1024)
        @Nullable String replacePrefixMatch) {}
