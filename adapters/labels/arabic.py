"""The words of these lists that a family meets, in Arabic."""

from __future__ import annotations

from collections.abc import Mapping

_THEMES = """
network شبكة العلاقات; evening_routine روتين المساء; child_development نمو الطفل; food الطعام; sleep النوم;
first_aid الإسعافات الأولية; teeth الأسنان; movement الحركة; handling_conflicts التعامل مع الخلافات; upbringing التربية;
setting_limits وضع الحدود; mentalisation فهم أفكار الطفل ومشاعره; family_dynamics التفاعل داخل الأسرة;
municipal_offers عروض البلدية; anonymous_counselling استشارة دون ذكر الاسم; local_offers عروض محلية;
upbringing_between_cultures التربية بين الثقافات; cooking_together الطبخ معًا; bedtime_story قصة ما قبل النوم;
day_care_expectations توقعات الحضانة; household_economy اقتصاد الأسرة; getting_out_in_the_morning الخروج صباحًا;
singing الغناء; early_language اللغة المبكرة; learning_danish تعلم الدنماركية
"""

ARABIC: Mapping[str, Mapping[str, str]] = {
    "Answer": {"yes": "نعم", "no": "لا", "not_decided": "لم يُحسم بعد؛ ويُعدّ ذلك رفضًا"},
    "Attendance": {"present": "حضر", "cancelled_in_advance": "اعتذر مسبقًا", "not_come": "لم يحضر"},
    "Caregiver": {"mother": "الأم", "father": "الأب", "other_caregiver": "مقدم رعاية آخر"},
    "CompellingGround": {"overriding_interest": "مصلحة أرجح", "legal_claims": "مطالبة قانونية"},
    "ConsentState": {
        "given": "أُعطيت", "renewed": "أُعطيت من جديد", "refused": "رُفضت", "not_decided": "لم يُحسم بعد",
        "withdrawn": "سُحبت", "expired": "انتهت مدتها",
    },
    "CourseKind": {
        "young_childrens_club": "نادي الأطفال الصغار", "mother_group": "مجموعة أمهات", "family_course": "دورة للعائلات",
        "individual_family_counselling": "إرشاد أسري فردي", "open_event": "فعالية مفتوحة",
    },
    "CourseState": {
        "planned": "مخطط لها", "recruiting": "مفتوحة لعائلات جديدة", "ready": "جاهزة للبدء", "running": "جارية",
        "interrupted": "متوقفة مؤقتًا", "completed": "انتهت", "cancelled": "أُلغيت",
    },
    "CorrectionRefused": {
        "held_to_be_accurate": "نرى أن المعلومة صحيحة", "a_professionals_judgement": "هو تقدير أحد المختصين",
        "not_held_here": "المعلومة غير موجودة هنا",
    },
    "Criterion": {
        "parental_role_uncertainty": "عدم اليقين بشأن دور الوالدين لأطفال صغار", "lacking_network": "نقص في شبكة العلاقات",
        "conflict_at_home": "حياة يومية فيها خلافات في البيت، مثلًا بسبب طلاق الوالدين.",
        "lacking_energy": "قلة الطاقة، مثلًا بسبب مرض جسدي أو نفسي أو ضغوط.",
        "no_shared_experiences": "لا تتاح للعائلة فرصة السفر في الإجازات أو عيش تجارب مشتركة.",
        "much_at_home": "في البيت معظم الوقت، وقليل التواصل مع الآخرين.",
        "fragile_relations": "علاقات هشة وغير مستقرة.",
        "tight_economy": "ضيق مادي (مثل المساعدة الاجتماعية أو إعانة الاندماج أو منحة الدراسة)، مع التوفير في الطعام والأنشطة.",
    },
    "Custody": {"yes": "نعم", "no": "لا", "not_known": "غير معروف"},
    "DayCare": {
        "at_home": "في البيت", "childminder": "مربية نهارية", "nursery": "حضانة الرضّع", "kindergarten": "روضة أطفال",
        "starting_soon": "يبدأ قريبًا في الحضانة", "not_stated": "غير مذكور",
    },
    "EveningKind": {
        "talk_with_professional": "حديث مع مختص", "joint_activity": "نشاط مشترك", "open_evening": "أمسية دون برنامج محدد",
        "outing": "نزهة", "bridging_evening": "زيارة من جهات أخرى", "closing_evening": "الأمسية الختامية",
    },
    "ExtendedBecause": {"complexity": "الحالة معقدة", "number_of_requests": "عدد الطلبات كبير"},
    "Factor": {
        "education": "التعليم", "income": "الدخل", "housing": "السكن", "labour_market": "الصلة بسوق العمل",
        "substance_misuse": "تعاطي المواد", "young_parents": "والدان صغيرا السن", "mental_illness": "مرض نفسي",
        "milder_forms": "أشكال أخف، مثل صعوبة رؤية حاجات الطفل", "view_of_the_child": "النظرة إلى الطفل",
        "rules_and_codes": "قواعد وأعراف غير مألوفة", "language_barrier": "حاجز اللغة", "limited_network": "شبكة علاقات محدودة",
    },
    "Form": {"json": "ملف", "pdf": "مستند"},
    "Ground": {
        "GDPR Art. 17(1)(a)": "لم تعد البيانات لازمة (المادة 17(1)(أ))",
        "GDPR Art. 17(1)(b)": "سُحبت الموافقة (المادة 17(1)(ب))",
        "GDPR Art. 17(1)(c)": "قُدّم اعتراض (المادة 17(1)(ج))",
        "GDPR Art. 17(1)(d)": "كان الاحتفاظ بها غير قانوني (المادة 17(1)(د))",
        "GDPR Art. 17(1)(e)": "يُلزم القانون بالمحو (المادة 17(1)(هـ))",
        "GDPR Art. 17(1)(f)": "جُمعت من طفل عبر الإنترنت (المادة 17(1)(و))",
        "GDPR Art. 17(3)(a)": "حرية التعبير والمعلومات (المادة 17(3)(أ))",
        "GDPR Art. 17(3)(b)": "يُلزم القانون أو مهمة عامة بالاحتفاظ بها (المادة 17(3)(ب))",
        "GDPR Art. 17(3)(c)": "الصحة العامة (المادة 17(3)(ج))",
        "GDPR Art. 17(3)(d)": "الأرشيف أو البحث أو الإحصاء (المادة 17(3)(د))",
        "GDPR Art. 17(3)(e)": "مطالبة قانونية (المادة 17(3)(هـ))",
    },
    "HoldGround": {
        "legal_claim": "مطالبة قانونية", "archive_act": "قانون المحفوظات",
        "supervisory_case": "قضية لدى هيئة حماية البيانات", "legal_obligation": "واجب قانوني",
    },
    "Judgement": {
        "not_thriving": "علامات على أن الطفل ليس بخير", "development_not_matching_age": "نمو لا يناسب العمر",
        "at_risk": "معرّض لذلك",
    },
    "Language": {
        "da": "الدنماركية", "en": "الإنجليزية", "ar": "العربية", "de": "الألمانية", "fa": "الفارسية", "ku": "الكردية",
        "pl": "البولندية", "ro": "الرومانية", "so": "الصومالية", "ti": "التغرينية", "tr": "التركية",
        "uk": "الأوكرانية", "ur": "الأردية",
    },
    "MunicipalCase": {
        "none": "لا يوجد ملف في البلدية", "preventive_measure": "إجراء وقائي", "judged_at_risk": "قُدّر أنه معرّض للخطر",
    },
    "NamesOfStaff": {
        "given_needed_for_rights": "الأسماء مذكورة لأنها ضرورية", "withheld_not_needed": "الأسماء غير ضرورية",
        "withheld_for_staff": "حُذفت الأسماء مراعاةً للموظفين",
    },
    "PartKind": {
        "presentation": "من هي العائلة", "wishes": "ماذا تودّون أن تكسبوا من دورة نادي الأطفال الصغار؟",
        "everyday_life": "ما الذي يشغلكم في البيت مع العائلة؟", "challenges": "ما هو صعب",
        "needs": "ما تحتاج إليه العائلة", "questions": "أسئلة العائلة", "practical": "أمور عملية",
    },
    "Profession": {
        "health_visitor": "ممرضة صحة الطفل", "case_worker": "مسؤول حالات في البلدية", "family_therapist": "معالج أسري",
        "pedagogue": "مربٍّ", "housing_social_worker": "عامل اجتماعي في الحي السكني", "midwife": "قابلة",
        "teacher": "معلّم", "physiotherapist": "معالج فيزيائي", "first_aid_instructor": "مدرّب إسعافات أولية",
        "dental_care": "رعاية الأسنان", "child_psychologist": "أخصائي نفسي للأطفال",
        "speech_consultant": "أخصائي نطق وسمع", "librarian": "أمين مكتبة", "other": "غير ذلك",
    },
    "Purpose": {
        "share_with_volunteers": "مشاركة جزء مما قلتم مع المتطوعين",
        "share_with_co_leader": "مشاركة جزء مما قلتم مع القائد المشارك",
        "anonymous_themes": "نقل المواضيع المرغوبة دون ذكر الاسم", "sms_reminders": "رسائل نصية عن اللقاء القادم",
        "contact_after_course": "التواصل بعد انتهاء الدورة", "reunion_invitation": "دعوة إلى لقاء لمّ الشمل",
        "linked_questionnaire": "مقارنة الإجابات قبل الدورة وبعدها", "photo_or_story": "عرض صورة أو قصة",
        "referral_feedback": "إبلاغ من أحال العائلة بما إذا كانت تشارك", "bridging_offer": "السماح لجهة أخرى بالتواصل",
        "question_to_professional": "أن يُعدّ مختص إجابة عن سؤال", "carry_over": "نقل ما قلتم إلى الدورة القادمة",
    },
    "Recipient": {
        "course_volunteers": "المتطوعون في الدورة", "co_leader": "القائد المشارك في الدورة", "coordinator": "المنسّق",
        "reminder_service": "خدمة إرسال الرسائل النصية", "secretariat": "أمانة Red Barnet",
        "evaluator": "من يقيّم الدورات", "referrer": "من أحال العائلة", "offer": "الجهة التي اختارتها العائلة",
        "professional": "مختص اللقاء", "next_leader": "قائد الدورة القادمة",
    },
    "RecipientKind": {"controller": "جهة أخرى مسؤولة عن البيانات", "reader": "شخص قرأ البيانات"},
    "RefusedBecause": {
        "not_own_data": "البيانات تخص شخصًا آخر", "manifestly_unfounded": "من الواضح أن الطلب لا أساس له",
        "manifestly_excessive": "من الواضح أن الطلب مفرط", "identity_not_proven": "لا نعرف هوية مقدم الطلب",
        "no_ground_to_restrict": "لا ينطبق أي من أسباب التقييد في القانون",
    },
    "RequestOutcome": {"erase": "تُمحى", "keep": "تُحفظ", "restrict": "تُقيَّد"},
    "Right": {
        "access": "الاطلاع", "rectification": "التصحيح", "erasure": "المحو", "restriction": "التقييد",
        "portability": "أخذ البيانات معكم", "objection": "الاعتراض",
    },
    "Role": {
        "referrer": "من يحيل العائلات", "coordinator": "المنسّق", "leader": "قائد النادي", "volunteer": "متطوع",
        "professional": "مختص زائر", "family": "العائلة", "secretariat": "الأمانة", "branch": "الفرع المحلي",
        "officer": "مسؤول حماية البيانات", "evaluator": "المقيّم", "management": "الإدارة", "administrator": "مدير النظام",
        "reminder_service": "خدمة التذكير", "register": "السجل",
    },
    "Season": {"spring": "الربيع", "autumn": "الخريف"},
    "Stage": {
        "registered": "سُجّلت", "accepted": "قُبلت", "declined": "رُفضت", "waiting": "على قائمة الانتظار",
        "placed": "حصلت على مكان", "handed_over": "سُلّمت إلى قائد النادي", "withdrawn": "سُحبت",
    },
    "Step": {
        "check_identity": "ننتظر معرفة هوية مقدم الطلب", "decide": "بانتظار القرار", "correct": "بانتظار تصحيح البيانات",
        "fence": "يبدأ المحو", "destroy": "يجري إتلاف المفاتيح", "enter_in_ledger": "يجري تدوين المحو",
        "purge": "يجري محو ما تبقى", "complete": "بانتظار الإنهاء", "collect": "الرد جاهز", "nothing": "تم الرد",
    },
    "TakesPartAs": {"adult": "بالغ", "child": "طفل من الفئة المستهدفة", "sibling": "أخ أو أخت"},
    "Theme": dict(entry.strip().split(" ", 1) for entry in _THEMES.split(";")),
    "UnitKind": {
        "health_visiting": "خدمة صحة الطفل", "family_counselling": "الإرشاد الأسري",
        "children_youth_administration": "إدارة الأطفال والشباب", "housing_social_plan": "الخطة الاجتماعية للحي السكني",
        "day_care_institution": "الحضانة", "school": "المدرسة", "other_housing_staff": "موظفون آخرون في الحي السكني",
        "self_referral": "تواصلت العائلة بنفسها",
    },
    "WithheldBecause": {
        "GDPR Art. 15(4)": "حقوق الآخرين (المادة 15(4))",
        "databeskyttelsesloven § 22, stk. 1": "مصالح خاصة حاسمة (قانون حماية البيانات، المادة 22(1))",
        "databeskyttelsesloven § 22, stk. 2": "مصالح عامة حاسمة (قانون حماية البيانات، المادة 22(2))",
    },
    "Vulnerability": {
        "structural": "هشاشة بسبب ظروف المعيشة", "individual": "هشاشة شخصية", "cultural": "هشاشة ثقافية",
    },
    "Way": {
        "telephone": "عبر الهاتف", "sms": "برسالة نصية", "in_person": "وجهًا لوجه", "on_paper": "على الورق",
        "digital": "هنا في هذه الصفحات",
    },
    "compartment": {
        "case_file": "أسباب البلدية للإحالة", "municipal_contact": "الأسماء والأعمار لدى البلدية",
        "municipal_telephone": "رقم الهاتف لدى البلدية", "municipal_address": "العنوان",
        "draft": "مسودات لم تُرسل", "roster": "الأسماء الأولى",
        "ages": "أعمار الأطفال", "contact": "اسم العائلة والدور في الأسرة", "language": "اللغة",
        "club_telephone": "رقم الهاتف", "note": "ملاحظات قائد النادي", "shared_note": "ما يجوز للمتطوعين قراءته",
        "shared_theme": "مواضيع مرغوبة دون اسم", "carried_note": "ما يُنقل إلى الدورة القادمة", "attendance": "الحضور",
        "follow_up": "الاسم والهاتف لما بعد الدورة", "consent_proof": "كيف أُعطيت الموافقة",
        "volunteer_file": "بيانات المتطوعين", "staff_file": "بيانات الموظفين", "rights": "طلبات بشأن البيانات الخاصة",
        "breach": "حوادث الاختراق", "receiving": "مفاتيح استلام الإحالة",
    },
}  # fmt: skip
"""By the name of the list and the value. A list that no family meets has no line here, and is said in English."""
