package io.heapspec.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rules ask of a class and ArchUnit has no word for. */
final class Conditions {

    private Conditions() {}

    /** Every type a user of the class can see: supertypes, and those of visible members with their type arguments. */
    static ArchCondition<JavaClass> showOnly(DescribedPredicate<? super JavaClass> allowed) {
        return new ArchCondition<>("show only types that " + allowed.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isVisible(type)) {
                    return;
                }
                Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                        .forEach(seen -> report(type, type.getFullName(), Set.of(seen), events));
                type.getFields().stream().filter(Conditions::isVisible).forEach(field -> report(field, events));
                type.getCodeUnits().stream().filter(Conditions::isVisible).forEach(unit -> report(unit, events));
            }

            private void report(JavaField field, ConditionEvents events) {
                report(field.getOwner(), field.getFullName(), Set.of(field.getType()), events);
            }

            private void report(JavaCodeUnit unit, ConditionEvents events) {
                var seen = Stream.of(
                                Stream.of(unit.getReturnType()),
                                unit.getParameterTypes().stream(),
                                unit.getTypeParameters().stream(),
                                unit.getExceptionTypes().stream())
                        .<JavaType>flatMap(types -> types)
                        .collect(Collectors.toSet());
                report(unit.getOwner(), unit.getFullName(), seen, events);
            }

            private void report(JavaClass owner, String where, Set<JavaType> seen, ConditionEvents events) {
                seen.stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !allowed.test(type))
                        .distinct()
                        .map(type -> where + " shows " + type.getName())
                        .sorted()
                        .forEach(message -> events.add(SimpleConditionEvent.violated(owner, message)));
            }
        };
    }

    static ArchCondition<JavaClass> beInAPackageAnnotatedWith(Class<? extends Annotation> annotation) {
        return new ArchCondition<>("be in a package annotated with @" + annotation.getSimpleName()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(annotation)) {
                    var message = type.getName() + " is in a package without @" + annotation.getSimpleName();
                    events.add(SimpleConditionEvent.violated(type, message));
                }
            }
        };
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(Conditions::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
