import datetime

import factory

from banso.people.models import Account, Affiliation, Appointment, Organisation, Person

FIRST_DAY = datetime.date(2022, 6, 17)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = "institution"
    name_ja = factory.Sequence(lambda number: f"見本大学{number}")
    name_en = factory.Sequence(lambda number: f"Sample University {number}")


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    family_name = "見本"
    given_name = "葵"
    family_name_en = "Mihon"
    given_name_en = "Aoi"


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda number: f"person-{number}@example.jp")


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    from_on = FIRST_DAY


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "institution-officer"
    from_on = FIRST_DAY
